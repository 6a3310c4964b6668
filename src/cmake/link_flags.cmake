# tesela_link_flags(OUT): what a program that is linked with the static library is
# linked with besides, as flags that any compiler of C or C++ takes: an OpenMP
# library by its name, since -fopenmp is one compiler's own; HDF5 by its place,
# since its pkg-config name differs between systems.
function(tesela_link_flags out)
  set(flags)
  foreach(module IN LISTS TESELA_MODULES)
    list(APPEND flags ${${module}_STATIC_LDFLAGS})
  endforeach()
  if(HDF5_USE_STATIC_LIBRARIES)
    list(APPEND flags ${HDF5_C_LIBRARIES})
  else()
    get_target_property(location hdf5::hdf5 IMPORTED_LOCATION)
    list(APPEND flags ${location})
  endif()
  foreach(name IN LISTS OpenMP_C_LIB_NAMES)
    cmake_path(GET OpenMP_${name}_LIBRARY PARENT_PATH folder)
    list(APPEND flags -L${folder} -l${name})
  endforeach()
  list(TRANSFORM CMAKE_C_IMPLICIT_LINK_DIRECTORIES PREPEND -L OUTPUT_VARIABLE implicit)
  list(REMOVE_ITEM flags ${implicit})
  list(REMOVE_DUPLICATES flags)
  # A static HDF5 names libraries, and those drag others in, that Tesela has no use for.
  list(PREPEND flags -Wl,--push-state,--as-needed)
  list(APPEND flags -lm -Wl,--pop-state)
  set(${out} ${flags} PARENT_SCOPE)
endfunction()
