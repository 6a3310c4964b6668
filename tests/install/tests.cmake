# The libraries in somebody else's program: installed, in any kind, and as a folder
# of its project. A sanitized or counted library asks its user for the same flags,
# so only plain builds are tried.
if(NOT TESELA_SANITIZE AND NOT TESELA_COVERAGE)
  set(here ${CMAKE_CURRENT_LIST_DIR})
  set(with ${PROJECT_VERSION} ${CMAKE_C_COMPILER} "${TESELA_CXX}" ${CMAKE_GENERATOR})
  if(TARGET tesela AND NOT BUILD_SHARED_LIBS)
    add_test(NAME install/consumer COMMAND sh ${here}/install.sh ${PROJECT_BINARY_DIR} ${with})
    add_test(NAME install/guide COMMAND sh ${here}/guide.sh ${PROJECT_BINARY_DIR} ${with}
      ${PROJECT_SOURCE_DIR}/docs/guides/c-api.md)
  endif()
  add_test(NAME install/kinds COMMAND sh ${here}/kinds.sh ${PROJECT_SOURCE_DIR} ${with} ${PROJECT_BINARY_DIR}
    "${CMAKE_BUILD_TYPE}" ${TESELA_WERROR})
  add_test(NAME install/embed COMMAND sh ${here}/embed.sh ${PROJECT_SOURCE_DIR} ${with})
  add_test(NAME install/demo-nightly COMMAND sh ${here}/demo.sh ${PROJECT_SOURCE_DIR})
  get_property(all DIRECTORY PROPERTY TESTS)
  list(FILTER all INCLUDE REGEX "^install/")
  set_tests_properties(${all} PROPERTIES LABELS install TIMEOUT 600 COST 100) # they compile: first of all
  set_tests_properties(install/demo-nightly PROPERTIES LABELS "install;nightly" TIMEOUT 3600)
endif()
