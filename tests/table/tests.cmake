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

# Tables of HDF5 files as others write them, through the program.
add_test(NAME table/h5py COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/../python/python.sh ${PROJECT_BINARY_DIR}/tests/python
  ${CMAKE_CURRENT_LIST_DIR}/hdf5_check.py $<TARGET_FILE:tesela_cli>)
set_tests_properties(table/h5py PROPERTIES LABELS table TIMEOUT 600 SKIP_RETURN_CODE 77 FIXTURES_REQUIRED python)

# A test that has HDF5 write a table.
target_include_directories(table_test_translate_hdf5 SYSTEM PRIVATE ${HDF5_C_INCLUDE_DIRS})
target_link_libraries(table_test_translate_hdf5 PRIVATE ${HDF5_C_LIBRARIES})
