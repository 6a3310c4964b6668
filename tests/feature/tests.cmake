# The features made by hand, given to the test of their file, and to the check
# that AnnData and h5py read it.
set(here ${CMAKE_CURRENT_LIST_DIR})
target_link_options(feature_test_memory PRIVATE -Wl,--wrap=tsl__memory_check)
foreach(name recipe recipe_file)
  target_sources(feature_test_${name} PRIVATE ${here}/recipe_sample.c)
endforeach()
target_sources(feature_test_recipe_file PRIVATE ${here}/../store/damage.c ${here}/../store/scratch.c)
target_sources(feature_test_rfm_scores PRIVATE ${here}/../store/scratch.c)
target_sources(feature_test_features_file PRIVATE ${here}/sample.c ${here}/recipe_sample.c ${here}/../store/damage.c)

add_executable(feature_write_sample ${here}/write_sample.c ${here}/sample.c ${here}/recipe_sample.c)
set_target_properties(feature_write_sample PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
target_include_directories(feature_write_sample PRIVATE ${PROJECT_SOURCE_DIR}/src ${here}/..)
target_link_libraries(feature_write_sample PRIVATE tesela_flags tesela_static m)

add_test(NAME feature/anndata COMMAND sh ${here}/anndata_check.sh $<TARGET_FILE:feature_write_sample>
  $<TARGET_FILE:tesela_cli> ${PROJECT_SOURCE_DIR}/datasets ${PROJECT_BINARY_DIR}/tests/feature-anndata ${python})
set_tests_properties(feature/anndata PROPERTIES LABELS feature TIMEOUT 600 SKIP_RETURN_CODE 77
  FIXTURES_REQUIRED python)
