# The report, opened in a real browser.
add_test(NAME browser/report COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/render.sh $<TARGET_FILE:output_make_sample>
  ${PROJECT_BINARY_DIR}/tests/browser $<TARGET_FILE:tesela_cli>)
set_tests_properties(browser/report PROPERTIES LABELS browser TIMEOUT 900 SKIP_RETURN_CODE 77
  COST 90) # one of the longest: early

# The figures on the page of a real run.
add_test(NAME browser/figures COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/figures.sh $<TARGET_FILE:tesela_cli>
  ${PROJECT_SOURCE_DIR}/datasets/online-retail ${PROJECT_BINARY_DIR}/tests/browser-figures ${python})
set_tests_properties(browser/figures PROPERTIES LABELS browser TIMEOUT 900 SKIP_RETURN_CODE 77
  FIXTURES_REQUIRED python)

# Formulas and HTML in the place of all that a page tells.
add_test(NAME browser/payloads COMMAND ${python} ${CMAKE_CURRENT_LIST_DIR}/payloads.py $<TARGET_FILE:tesela_cli>
  ${PROJECT_SOURCE_DIR}/datasets/online-retail/online-retail.yaml ${PROJECT_BINARY_DIR}/tests/browser-payloads)
set_tests_properties(browser/payloads PROPERTIES LABELS browser TIMEOUT 600 SKIP_RETURN_CODE 77
  FIXTURES_REQUIRED python COST 80)
