# The report, opened in a real browser.
add_test(NAME browser/report COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/render.sh $<TARGET_FILE:output_make_sample>
  ${PROJECT_BINARY_DIR}/tests/browser $<TARGET_FILE:tesela_cli>)
set_tests_properties(browser/report PROPERTIES LABELS browser TIMEOUT 900 SKIP_RETURN_CODE 77
  COST 90) # one of the longest: early
