# provmap_add_map(): maps that are drawn when a project is built, and drawn again when anything changes that they
# were made from: the status file, a style or what it extends, any part of a shapefile, a font, provmap itself.
#
#   provmap_add_map(
#     TARGET maps             the target that draws them; several calls in one folder may share it
#     STATUS status.json
#     OUTPUT map.svg map.png  drawn in one run, each in the format of its ending
#     [ALL]                   said of a new target: part of the default build
#     [SHAPES afghanistan] [STYLE dark] [ALIASES aliases.json] [COMPARE old.json] [FONT_DIR fonts]
#     [ALT_TEXT map.txt] [JOIN_REPORT join.json]
#     [OPTIONS --focus Helmand --lang fa])   more options of provmap render
#
# Inputs are seen from the current source folder, outputs from the current binary folder; SHAPES and STYLE may be
# bare names, as in a command. The command that draws is the imported target provmap::command.
cmake_policy(PUSH)
cmake_policy(VERSION 3.25)

# A path from the source folder on, unless it is a bare name, which provmap looks up in its own data.
function(_provmap_input out value)
  if(value MATCHES "[/.]" OR EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/${value}")
    cmake_path(ABSOLUTE_PATH value BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
  endif()
  set(${out} "${value}" PARENT_SCOPE)
endfunction()

# FONT_DIR -> --font-dir
function(_provmap_option out keyword)
  string(TOLOWER "${keyword}" keyword)
  string(REPLACE "_" "-" keyword "${keyword}")
  set(${out} "--${keyword}" PARENT_SCOPE)
endfunction()

# What names files has a keyword: in OPTIONS nobody would know where the paths begin, or what to wait for.
function(_provmap_check_options taken)
  foreach(option IN LISTS ARGN)
    string(REGEX REPLACE "^(-[^-]|--[^=]+).*" "\\1" name "${option}")
    if(name IN_LIST taken)
      message(FATAL_ERROR "provmap_add_map: OPTIONS can't have ${name}: files have arguments of their own, such as "
                          "OUTPUT, SHAPES and STYLE, and what a map was made from is found out by itself")
    endif()
  endforeach()
endfunction()

function(provmap_add_map)
  set(inputs SHAPES STYLE ALIASES COMPARE FONT_DIR)
  set(outputs OUTPUT ALT_TEXT JOIN_REPORT)
  cmake_parse_arguments(PARSE_ARGV 0 map "ALL" "TARGET;STATUS;ALT_TEXT;JOIN_REPORT;${inputs}" "OUTPUT;OPTIONS")
  if(DEFINED map_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "provmap_add_map: unknown arguments: ${map_UNPARSED_ARGUMENTS}; options of provmap render "
                        "stand behind OPTIONS")
  endif()
  if(DEFINED map_KEYWORDS_MISSING_VALUES)
    message(FATAL_ERROR "provmap_add_map: nothing stands behind ${map_KEYWORDS_MISSING_VALUES}")
  endif()
  foreach(needed TARGET STATUS OUTPUT)
    if(NOT DEFINED map_${needed})
      message(FATAL_ERROR "provmap_add_map: ${needed} is missing")
    endif()
  endforeach()

  set(status "${map_STATUS}")
  cmake_path(ABSOLUTE_PATH status BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
  set(arguments "${status}")
  set(depends "${status}") # known beforehand, since they may be made by other rules
  set(taken -o -s -y --deps --deps-format --verify --output)
  foreach(keyword IN LISTS inputs)
    _provmap_option(option ${keyword})
    list(APPEND taken ${option})
    if(DEFINED map_${keyword})
      _provmap_input(value "${map_${keyword}}")
      list(APPEND arguments ${option} "${value}")
      if(IS_ABSOLUTE "${value}" AND NOT IS_DIRECTORY "${value}")
        list(APPEND depends "${value}")
      endif()
    endif()
  endforeach()
  set(files)
  set(folders)
  foreach(keyword IN LISTS outputs)
    _provmap_option(option ${keyword})
    list(APPEND taken ${option})
    foreach(file IN LISTS map_${keyword})
      cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}" NORMALIZE)
      cmake_path(GET file PARENT_PATH folder)
      list(APPEND files "${file}")
      list(APPEND folders "${folder}")
      list(APPEND arguments ${option} "${file}")
    endforeach()
  endforeach()
  list(REMOVE_DUPLICATES folders)
  _provmap_check_options("${taken}" ${map_OPTIONS})

  # provmap leaves alone what would not change; that it was looked at, the build tells by the time of the file.
  list(GET files 0 first)
  cmake_path(GET first FILENAME name)
  string(SHA1 id "${first}")
  string(SUBSTRING "${id}" 0 8 id)
  set(deps "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/provmap-${id}.d")
  add_custom_command(OUTPUT ${files} DEPENDS provmap::command ${depends} DEPFILE "${deps}" VERBATIM
    COMMENT "Drawing ${name}"
    COMMAND "${CMAKE_COMMAND}" -E make_directory ${folders}
    COMMAND provmap::command render ${arguments} ${map_OPTIONS} --deps "${deps}" --deps-format ninja
    COMMAND "${CMAKE_COMMAND}" -E touch ${files})
  if(TARGET ${map_TARGET})
    get_target_property(folder ${map_TARGET} SOURCE_DIR)
    if(NOT folder STREQUAL CMAKE_CURRENT_SOURCE_DIR)
      message(FATAL_ERROR "provmap_add_map: the target ${map_TARGET} is of another folder, ${folder}")
    endif()
    target_sources(${map_TARGET} PRIVATE ${files})
  else()
    set(all)
    if(map_ALL)
      set(all ALL)
    endif()
    add_custom_target(${map_TARGET} ${all} DEPENDS ${files})
  endif()
endfunction()

cmake_policy(POP)
