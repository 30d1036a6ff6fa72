# arr_add_library(Name file.cpp... [PRECOMPILED] [DEPENDS target...] [LINK target...])
# A static library of the compiler; with PRECOMPILED its files start from the
# MLIR headers that ArrDialect compiles. It is a plain add_library on purpose:
# add_mlir_library would switch exceptions off, which ANTLR needs.
function(arr_add_library name)
  cmake_parse_arguments(ARG "PRECOMPILED" "" "DEPENDS;LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  # TableGen output names parameters that it does not use; libstdc++ 12 implements
  # std::stable_sort with what C++17 deprecates.
  target_compile_options(${name} PRIVATE -Wall -Wextra -Wno-unused-parameter
                         -Wno-deprecated-declarations)
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
  if(ARG_PRECOMPILED)
    target_precompile_headers(${name} REUSE_FROM ArrDialect)
  endif()
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
endfunction()
