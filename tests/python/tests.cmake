# The virtual environment of all tests that run Python: made once, before them.
add_test(NAME python/environment COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/environment.sh ${PROJECT_BINARY_DIR}/tests/python)
set_tests_properties(python/environment PROPERTIES LABELS python TIMEOUT 900 SKIP_RETURN_CODE 77
  FIXTURES_SETUP python COST 1000)
