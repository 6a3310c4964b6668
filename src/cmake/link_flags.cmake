# tesela_keep_flag(FLAG FOLDERS OUT): the flag, but not -lNAME of a library that is not there. One that is there as a
# shared library alone names, too, what its static kind would need: libzip bz2, which Debian does not install with it.
function(tesela_keep_flag flag folders out)
  set(${out} ${flag} PARENT_SCOPE)
  if(flag MATCHES "^-l(.+)$")
    find_library(found NAMES ${CMAKE_MATCH_1} HINTS ${folders} NO_CACHE)
    if(NOT found)
      set(${out} PARENT_SCOPE)
    endif()
  endif()
endfunction()

# tesela_link_flags(OUT): what a program that is linked with the static library is
# linked with besides, as flags that any compiler of C or C++ takes: an OpenMP
# library by its name, since -fopenmp is one compiler's own; HDF5 by its place,
# since its pkg-config name differs between systems.
function(tesela_link_flags out)
  set(flags)
  foreach(module IN LISTS TESELA_MODULES)
    foreach(flag IN LISTS ${module}_STATIC_LDFLAGS)
      tesela_keep_flag(${flag} "${${module}_STATIC_LIBRARY_DIRS}" keep)
      list(APPEND flags ${keep})
    endforeach()
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
