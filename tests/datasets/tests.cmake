add_test(NAME datasets/generate COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/generate.sh $<TARGET_FILE:tesela_generate>)
set_tests_properties(datasets/generate PROPERTIES LABELS datasets TIMEOUT 120)
