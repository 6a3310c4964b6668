# Every allocation of this test can be made to fail.
target_link_options(table_test_memory PRIVATE -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc)
