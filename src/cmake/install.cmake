# What `cmake --install` puts where: headers, libraries, the program, a CMake
# package (find_package(tesela [COMPONENTS static])), tesela.pc and the docs.
include(cmake/link_flags.cmake)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/tesela)
tesela_link_flags(flags)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/tesela DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN *.h)
if(TARGET tesela_cli)
  install(TARGETS tesela_cli)
endif()

# As the pages lie here, so that their links hold.
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md
  DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs DESTINATION ${CMAKE_INSTALL_DOCDIR})

# An export set each: who takes the shared library need not have the static one.
target_link_libraries(tesela_static INTERFACE "$<INSTALL_INTERFACE:${flags}>")
foreach(target IN LISTS installed)
  if(target STREQUAL tesela_static)
    set(set teselaStaticTargets)
  else()
    set(set teselaSharedTargets)
  endif()
  install(TARGETS ${target} EXPORT ${set})
  install(EXPORT ${set} NAMESPACE tesela:: DESTINATION ${package_dir})
endforeach()

configure_package_config_file(cmake/teselaConfig.cmake.in teselaConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(teselaConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/teselaConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/teselaConfigVersion.cmake
  DESTINATION ${package_dir})

# The prefix is found from where the file lies, so that the whole can be moved;
# not so where the libraries have a place of their own.
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
  set(prefix ${CMAKE_INSTALL_PREFIX})
else()
  cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig OUTPUT_VARIABLE up)
  cmake_path(APPEND prefix "\${pcfiledir}" ${up})
endif()
foreach(kind LIBDIR INCLUDEDIR) # an absolute one takes the place of the prefix
  cmake_path(APPEND pc_${kind} "\${prefix}" "${CMAKE_INSTALL_${kind}}")
endforeach()
list(JOIN flags " " private)
set(public)
if(NOT TARGET tesela)
  set(public " ${private}")
  set(private)
endif()
file(CONFIGURE OUTPUT tesela.pc @ONLY CONTENT [[
prefix=@prefix@
libdir=@pc_LIBDIR@
includedir=@pc_INCLUDEDIR@

Name: tesela
Description: @PROJECT_DESCRIPTION@
Version: @PROJECT_VERSION@
Libs: -L${libdir} -ltesela@public@
Libs.private: @private@
Cflags: -I${includedir}
]])
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/tesela.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
