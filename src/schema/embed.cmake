# Turns a file into a C array that ends with a zero, because C17 promises no more than 4095 bytes to
# a string literal. Usage: cmake -D NAME=symbol -D IN=file -D OUT=file.c -P embed.cmake
file(READ ${IN} bytes HEX)
string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
file(WRITE ${OUT}
  "extern const unsigned char ${NAME}[];\nconst unsigned char ${NAME}[] = {\n${bytes}\n0};\n")
