/* nightly.h: a test that takes long does a part of its work in every run, and all
 * of it at night: whatever includes this file is also the ctest
 * <room>/<name>-nightly, which says so in the environment. */
#ifndef TESTS_NIGHTLY_H
#define TESTS_NIGHTLY_H

#include <stddef.h>
#include <stdlib.h>

/* So many of something by day, all of it at night. */
static inline size_t some_or_all(size_t some, size_t all)
{
    return getenv("TESELA_NIGHTLY") ? all : some;
}

#endif
