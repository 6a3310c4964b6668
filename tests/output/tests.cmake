# The runs made by hand, given to the tests that need them, and as files to the
# scripts that look at summaries and reports with other programs.
set(here ${CMAKE_CURRENT_LIST_DIR})
foreach(name segments_csv labels_csv csv_kind csv_formulas writers summary summary_drift summary_portrait summary_first manifest
    report)
  target_sources(output_test_${name} PRIVATE ${here}/sample.c)
endforeach()
target_sources(output_test_csv_formulas PRIVATE ${here}/formulas.c)
foreach(name json rule_parts_json summary summary_drift summary_portrait summary_first manifest report) # they read back what was written
  target_link_libraries(output_test_${name} PRIVATE PkgConfig::jansson)
endforeach()

add_executable(output_make_sample ${here}/make_sample.c ${here}/sample.c ${here}/formulas.c)
set_target_properties(output_make_sample PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
target_include_directories(output_make_sample PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(output_make_sample PRIVATE tesela_flags tesela_static m)

add_test(NAME output/schema COMMAND sh ${here}/check_schema.sh $<TARGET_FILE:output_make_sample> $<TARGET_FILE:tesela_cli>
  ${PROJECT_SOURCE_DIR}/docs/summary.schema.json ${PROJECT_BINARY_DIR}/tests/output-schema ${python})
set_tests_properties(output/schema PROPERTIES LABELS output TIMEOUT 900 SKIP_RETURN_CODE 77
  FIXTURES_REQUIRED python)

add_test(NAME output/data_quality COMMAND sh ${here}/check_data_quality.sh $<TARGET_FILE:tesela_cli>
  ${PROJECT_SOURCE_DIR}/docs/check.schema.json ${PROJECT_BINARY_DIR}/tests/output-data-quality ${python})
set_tests_properties(output/data_quality PROPERTIES LABELS output TIMEOUT 120 SKIP_RETURN_CODE 77
  FIXTURES_REQUIRED python)

add_test(NAME output/formulas COMMAND sh ${here}/check_formulas.sh $<TARGET_FILE:output_make_sample>
  ${PROJECT_BINARY_DIR}/tests/output-formulas)
set_tests_properties(output/formulas PROPERTIES LABELS output TIMEOUT 900 SKIP_RETURN_CODE 77 COST 80)

add_test(NAME output/note_words COMMAND ${python} ${here}/note_words.py ${PROJECT_SOURCE_DIR}/src)
add_test(NAME output/error_words COMMAND ${python} ${here}/error_words.py ${PROJECT_SOURCE_DIR}/src)
set_tests_properties(output/note_words output/error_words PROPERTIES LABELS output TIMEOUT 60 FIXTURES_REQUIRED python)

add_test(NAME output/strings COMMAND sh ${here}/check_strings.sh ${PROJECT_SOURCE_DIR})
set_tests_properties(output/strings PROPERTIES LABELS output TIMEOUT 60)

# Trees in every format, asked by other programs.
add_executable(output_make_trees ${here}/make_trees.c)
set_target_properties(output_make_trees PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
target_include_directories(output_make_trees PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(output_make_trees PRIVATE tesela_flags tesela_static m)

add_test(NAME output/trees COMMAND sh ${here}/check_trees.sh $<TARGET_FILE:output_make_trees> $<TARGET_FILE:tesela_cli>
  ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/tests/output-trees ${python})
set_tests_properties(output/trees PROPERTIES LABELS output TIMEOUT 900 SKIP_RETURN_CODE 77 FIXTURES_REQUIRED python
  COST 60)

# Small cells: what a run tells with --min-cell, against what can be reckoned from it.
add_test(NAME output/min_cell COMMAND sh ${here}/check_min_cell.sh $<TARGET_FILE:tesela_cli>
  ${PROJECT_SOURCE_DIR}/docs/summary.schema.json ${PROJECT_BINARY_DIR}/tests/output-min-cell ${python})
set_tests_properties(output/min_cell PROPERTIES LABELS output TIMEOUT 900 SKIP_RETURN_CODE 77
  FIXTURES_REQUIRED python)
