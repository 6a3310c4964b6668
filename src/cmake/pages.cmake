# The manual pages and the scripts for shells, which the program prints itself from
# its tables: one page a command (src/cli/cmd_<verb>.c), tesela(1), tesela.yaml(5).
# They lie in build/pages/ as they will in share/.
if(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
  message(STATUS "no manual pages and no completion: the program cannot be run here")
  return()
endif()
set(pages)
set(pages_dir ${PROJECT_BINARY_DIR}/pages)

# tesela_page(FILE WORD...): what `tesela help WORD...` prints.
function(tesela_page file)
  cmake_path(GET file PARENT_PATH folder)
  add_custom_command(OUTPUT ${pages_dir}/${file}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${pages_dir}/${folder}
    COMMAND tesela_cli help ${ARGN} > ${pages_dir}/${file}
    DEPENDS tesela_cli # printed anew by each new program
    COMMENT "Printing ${file}")
  set(pages ${pages} ${pages_dir}/${file} PARENT_SCOPE)
endfunction()

tesela_page(man/man1/tesela.1 man)
file(GLOB verbs CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/cli/cmd_*.c)
foreach(verb IN LISTS verbs)
  string(REGEX REPLACE ".*/cmd_(.*)\\.c" "\\1" verb ${verb})
  tesela_page(man/man1/tesela-${verb}.1 man ${verb})
endforeach()
tesela_page(man/man5/tesela.yaml.5 man configuration)
tesela_page(completion/tesela completion bash)
tesela_page(completion/_tesela completion zsh)
tesela_page(completion/tesela.fish completion fish)
add_custom_target(tesela_pages ALL DEPENDS ${pages})

if(TESELA_INSTALL)
  install(DIRECTORY ${pages_dir}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR})
  install(FILES ${pages_dir}/completion/tesela DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES ${pages_dir}/completion/_tesela DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES ${pages_dir}/completion/tesela.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()
