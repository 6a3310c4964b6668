# What `cmake --install` puts where: headers, both libraries, the program, a
# CMake package (find_package(tesela [COMPONENTS static])) and tesela.pc.
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/tesela)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/tesela DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN *.h)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
if(TARGET tesela_cli)
  install(TARGETS tesela_cli)
endif()

# Two export sets: who takes the shared library need not have the development
# files of what stands behind it.
set_target_properties(tesela_static PROPERTIES EXPORT_NAME static)
install(TARGETS tesela EXPORT teselaSharedTargets)
install(TARGETS tesela_static EXPORT teselaStaticTargets)
foreach(set Shared Static)
  install(EXPORT tesela${set}Targets NAMESPACE tesela:: DESTINATION ${package_dir})
endforeach()

configure_package_config_file(cmake/teselaConfig.cmake.in teselaConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(teselaConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/teselaConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/teselaConfigVersion.cmake
  DESTINATION ${package_dir})

# HDF5 is named by its place, since its pkg-config name differs between systems.
get_target_property(hdf5_location hdf5::hdf5 IMPORTED_LOCATION)
string(REPLACE ";" " " requires_private "${TESELA_MODULES}")
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig OUTPUT_VARIABLE up)
cmake_path(APPEND prefix "\${pcfiledir}" ${up})
file(CONFIGURE OUTPUT tesela.pc @ONLY CONTENT [[
prefix=@prefix@
libdir=${prefix}/@CMAKE_INSTALL_LIBDIR@
includedir=${prefix}/@CMAKE_INSTALL_INCLUDEDIR@

Name: tesela
Description: @PROJECT_DESCRIPTION@
Version: @PROJECT_VERSION@
Requires.private: @requires_private@
Libs: -L${libdir} -ltesela
Libs.private: @hdf5_location@ @OpenMP_C_FLAGS@ -lm
Cflags: -I${includedir}
]])
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/tesela.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
