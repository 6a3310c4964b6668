# Arrow streams that another implementation makes, given to the shared library
# (which a Python without sanitizers cannot load where it has them).
if(NOT TESELA_SANITIZE)
  set(here ${CMAKE_CURRENT_LIST_DIR})
  add_test(NAME table/nanoarrow COMMAND sh ${here}/../python/python.sh ${PROJECT_BINARY_DIR}/tests/python
    ${here}/arrow_check.py $<TARGET_FILE:tesela>)
  set_tests_properties(table/nanoarrow PROPERTIES LABELS table TIMEOUT 600 SKIP_RETURN_CODE 77 FIXTURES_REQUIRED python)

  # Likewise files of NumPy's.
  add_test(NAME table/numpy COMMAND sh ${here}/../python/python.sh ${PROJECT_BINARY_DIR}/tests/python
    ${here}/npy_check.py $<TARGET_FILE:tesela>)
  set_tests_properties(table/numpy PROPERTIES LABELS table TIMEOUT 600 SKIP_RETURN_CODE 77 FIXTURES_REQUIRED python)
endif()
