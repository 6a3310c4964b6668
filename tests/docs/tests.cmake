# The pages of the docs that can be followed by a machine.
file(GLOB scenarios CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/docs/scenarios/[a-z]*.md)
foreach(page README.md docs/formats.md docs/guides/monthly.md docs/guides/warehouse.md docs/methods/rfm.md
    docs/methods/score.md docs/methods/value.md ${scenarios})
  get_filename_component(name ${page} NAME_WE)
  add_test(NAME docs/${name} COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/run.sh ${PROJECT_SOURCE_DIR}/${page}
    ${PROJECT_BINARY_DIR}/tests/docs/${name} ${PROJECT_BINARY_DIR} ${python})
  set_tests_properties(docs/${name} PROPERTIES LABELS docs TIMEOUT 600 FIXTURES_REQUIRED python)
endforeach()
add_test(NAME docs/arrays COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/arrays.sh ${PROJECT_SOURCE_DIR}/docs/formats.md
  ${PROJECT_BINARY_DIR}/tests/docs/arrays ${PROJECT_BINARY_DIR} ${python})
set_tests_properties(docs/arrays PROPERTIES LABELS docs TIMEOUT 600 SKIP_RETURN_CODE 77 FIXTURES_REQUIRED python)
add_test(NAME docs/listed COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/listed.sh ${PROJECT_SOURCE_DIR})
set_tests_properties(docs/listed PROPERTIES LABELS docs)
