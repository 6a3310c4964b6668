# The kernels beyond the generic one, each with its own instruction set. Errno
# and traps would keep square roots and selections out of vector registers; no
# value changes by leaving them. Optimised in debug builds too: without, many
# intrinsics are macros that warn, and the loops crawl.
file(GLOB kernels CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/kernel/kernel_*.c)
set_property(SOURCE ${kernels} APPEND PROPERTY COMPILE_OPTIONS -fno-math-errno -fno-trapping-math $<$<CONFIG:Debug>:-O2>)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set_property(SOURCE ${CMAKE_CURRENT_SOURCE_DIR}/kernel/kernel_avx2.c APPEND PROPERTY
    COMPILE_OPTIONS -mavx2 -mfma)
  set_property(SOURCE ${CMAKE_CURRENT_SOURCE_DIR}/kernel/kernel_avx512.c APPEND PROPERTY
    COMPILE_OPTIONS -mavx512f -mavx512dq -mavx512bw -mavx512vl -mfma -mprefer-vector-width=512)
  target_compile_definitions(tesela_kernel PRIVATE TESELA_KERNELS_X86)
endif()
