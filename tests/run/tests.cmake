# Runs of tables that are files: each test in a fresh folder.
foreach(test IN LISTS sources)
  if(test MATCHES "/run/([a-z_]+/)?test_([a-z_]+)[.]c$")
    target_sources(run_test_${CMAKE_MATCH_2} PRIVATE ${CMAKE_CURRENT_LIST_DIR}/../store/scratch.c)
  endif()
endforeach()
