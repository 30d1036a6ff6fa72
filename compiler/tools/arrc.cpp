//===- arrc.cpp - The Arr compiler ----------------------------------------===//

#include "compiler/Driver/Driver.h"

int main(int argc, char **argv) { return arr::runArrc(argc, argv); }
