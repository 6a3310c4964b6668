# Files with flipped bits, for the tests of what the store keeps.
target_sources(model_test_file PRIVATE ${CMAKE_CURRENT_LIST_DIR}/damage.c)
