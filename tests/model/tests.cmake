# The long way through damaged and crafted files.
add_test(NAME model/model_file_many COMMAND model_test_model_file many)
set_tests_properties(model/model_file_many PROPERTIES LABELS nightly TIMEOUT 1800)
