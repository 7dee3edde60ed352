# Lets the command write all its man pages. Usage: cmake -D PROVMAP=command -D OUT=folder -P manual.cmake
file(REMOVE_RECURSE ${OUT})
execute_process(COMMAND ${PROVMAP} manual --list OUTPUT_VARIABLE pages COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" pages "${pages}")
foreach(page IN LISTS pages)
  cmake_path(GET page EXTENSION LAST_ONLY section) # ".5"
  cmake_path(GET page STEM LAST_ONLY name)
  string(REPLACE "." "${OUT}/man" folder "${section}")
  file(MAKE_DIRECTORY ${folder})
  execute_process(COMMAND ${PROVMAP} manual ${name} OUTPUT_FILE ${folder}/${page} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
