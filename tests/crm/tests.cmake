# Folders of runs that are made by hand, in a fresh folder each; lists and manifests are JSON.
foreach(test IN LISTS sources)
  if(test MATCHES "/crm/test_([a-z_]+)[.]c$")
    target_sources(crm_test_${CMAKE_MATCH_1} PRIVATE ${CMAKE_CURRENT_LIST_DIR}/../store/scratch.c)
    target_link_libraries(crm_test_${CMAKE_MATCH_1} PRIVATE PkgConfig::jansson)
  endif()
endforeach()
