# What the tests of the store share: fresh folders, and files with flipped bits,
# the latter also for the files that other rooms keep in it.
set(here ${CMAKE_CURRENT_LIST_DIR})
foreach(name locks memory hostile stream key_file input staging fileset atomic_file atomic_folder file_kind file_hash array_store driver foreign_array foreign_table)
  target_sources(store_test_${name} PRIVATE ${here}/scratch.c)
endforeach()
foreach(target store_test_foreign_array store_test_foreign_table model_test_model_file)
  target_sources(${target} PRIVATE ${here}/damage.c)
endforeach()
# They ask HDF5 itself, some of them for files of others.
foreach(name foreign_array foreign_table hdf hostile driver)
  target_include_directories(store_test_${name} SYSTEM PRIVATE ${HDF5_C_INCLUDE_DIRS})
  target_link_libraries(store_test_${name} PRIVATE ${HDF5_C_LIBRARIES})
endforeach()
