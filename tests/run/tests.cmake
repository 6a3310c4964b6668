# Runs of tables that are files: each test in a fresh folder.
foreach(test IN LISTS sources)
  if(test MATCHES "/run/test_([a-z_]+)[.]c$")
    target_sources(run_test_${CMAKE_MATCH_1} PRIVATE ${CMAKE_CURRENT_LIST_DIR}/../store/scratch.c)
  endif()
endforeach()
