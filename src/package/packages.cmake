# Packages for Debian (scripts/package): the command with the data, the library, and what others build with. What is
# installed says by its COMPONENT where it belongs.
set(PROVMAP_MAINTAINER "The provmap authors <provmap@provmap.invalid>" CACHE STRING
  "Who answers for the Debian packages")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME provmap)
set(CPACK_PACKAGE_CONTACT ${PROVMAP_MAINTAINER})
set(CPACK_PACKAGING_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL command library development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON) # from the shared libraries that are linked
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # the first line of each description is

# What is not linked: PROJ is loaded by name when a map needs it; without fonts nothing is drawn.
execute_process(COMMAND dpkg-query --search ${PROJ_FILE} OUTPUT_VARIABLE PROJ_PACKAGE ERROR_QUIET)
string(REGEX REPLACE ":.*" "" PROJ_PACKAGE "${PROJ_PACKAGE}")
set(text "provmap draws maps of who controls which province: annotated PNG, SVG and PDF,
pages of HTML, tables and words, from province shapefiles and a JSON status
file. The same inputs give the same bytes; names are never guessed.")

set(CPACK_DEBIAN_COMMAND_PACKAGE_NAME provmap)
set(CPACK_DEBIAN_COMMAND_PACKAGE_SECTION science)
set(CPACK_DEBIAN_COMMAND_PACKAGE_DEPENDS fonts-noto-core)
set(CPACK_DEBIAN_COMMAND_PACKAGE_RECOMMENDS ${PROJ_PACKAGE})
set(CPACK_DEBIAN_COMMAND_DESCRIPTION "maps of who controls which province
${text}

This package has the command, base maps of Afghanistan and of the counties of
the United States, styles, and completions for shells.")

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libprovmap${PROJECT_VERSION_MAJOR})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS "provmap (= ${PROJECT_VERSION})") # for the data
set(CPACK_DEBIAN_LIBRARY_DESCRIPTION "maps of who controls which province (library)
${text}

This package has the shared library.")

# Those of pkg-config's Requires.private, which it wants to see even for a shared library.
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libprovmap-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
string(CONCAT CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "libprovmap${PROJECT_VERSION_MAJOR} (= ${PROJECT_VERSION}), provmap (= ${PROJECT_VERSION}), "
  "libcairo2-dev, libpango1.0-dev, libfontconfig-dev, libshp-dev, libjansson-dev, libdeflate-dev, libisal-dev, libutf8proc-dev")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "maps of who controls which province (development)
${text}

This package has what programs are built with: the header, the libraries, and
files for pkg-config and CMake, whose provmap_add_map() draws maps in a build.")

# What Debian wants besides: changelogs, copyright, packed man pages.
configure_file(src/package/changelog package/changelog @ONLY)
set(CPACK_PROJECT_SOURCE ${CMAKE_CURRENT_SOURCE_DIR})
set(CPACK_PROJECT_CHANGELOG ${CMAKE_CURRENT_BINARY_DIR}/package/changelog)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_SOURCE_DIR}/src/package/debian.cmake)
set(CPACK_POST_BUILD_SCRIPTS ${CMAKE_CURRENT_SOURCE_DIR}/src/package/ldconfig.cmake)
include(CPack)
