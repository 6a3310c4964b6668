# A locale with a decimal comma, made here, since a minimal system has none.
find_program(LOCALEDEF localedef)
if(LOCALEDEF AND NOT TESELA_SANITIZE) # setlocale leaks the path that it is given
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/locales)
  execute_process(COMMAND ${LOCALEDEF} -c -i ${CMAKE_CURRENT_LIST_DIR}/locale/comma
    -f ${CMAKE_CURRENT_LIST_DIR}/locale/ascii ${PROJECT_BINARY_DIR}/locales/comma OUTPUT_QUIET ERROR_QUIET)
  set_property(TEST base/number APPEND PROPERTY ENVIRONMENT LOCPATH=${PROJECT_BINARY_DIR}/locales)
endif()
