# Completes what was installed for each Debian package, before it is packed. Run by CPack.
foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  string(TOUPPER ${component} name)
  set(root ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/${component}${CPACK_PACKAGING_INSTALL_PREFIX})
  set(doc ${root}/share/doc/${CPACK_DEBIAN_${name}_PACKAGE_NAME})
  file(COPY ${CPACK_PROJECT_SOURCE}/src/package/copyright ${CPACK_PROJECT_CHANGELOG} DESTINATION ${doc}
    FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
  file(GLOB pages ${root}/share/man/man?/*)
  # -n: the same bytes at any time
  execute_process(COMMAND gzip -9nf ${doc}/changelog ${pages} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
