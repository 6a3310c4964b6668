# The libraries in somebody else's program: installed, and as a folder of its
# project. A sanitized or counted library asks its user for the same flags, so
# only plain builds are tried.
if(NOT TESELA_SANITIZE AND NOT TESELA_COVERAGE)
  add_test(NAME install/consumer
    COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/install.sh ${PROJECT_BINARY_DIR} ${PROJECT_VERSION} ${CMAKE_C_COMPILER}
      ${CMAKE_GENERATOR})
  add_test(NAME install/embed
    COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/embed.sh ${PROJECT_SOURCE_DIR} ${PROJECT_VERSION} ${CMAKE_C_COMPILER}
      ${CMAKE_GENERATOR})
  set_tests_properties(install/consumer install/embed PROPERTIES LABELS install TIMEOUT 600)
  add_test(NAME install/demo-nightly COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/demo.sh ${PROJECT_SOURCE_DIR})
  set_tests_properties(install/demo-nightly PROPERTIES LABELS "install;nightly" TIMEOUT 3600)
endif()
