/*
 * small_sets.h: sets of customers that a document tells of, how they add up, and which of them must not be told.
 *
 * Nothing is said of 1 to least - 1 customers, nor anything that it could be reckoned from:
 * - A set of so few is hidden.
 * - What is uncertain of a told set is of nobody, or of `least` and more: else its smallest told part is hidden.
 * - No set of so few follows from all sums (reckoning.h): else the smallest that it follows from is hidden.
 * - What was hidden for others' sake and need not be, by what was hidden after it, is told.
 *
 * Cox (1980), Suppression methodology and statistical disclosure control, JASA 75.
 */
#ifndef TSL_OUTPUT_SMALL_SMALL_SETS_H
#define TSL_OUTPUT_SMALL_SMALL_SETS_H

#include <stddef.h>

#define TSL__NO_SET SIZE_MAX

typedef struct tsl__small_set {
    double size;
    int is_known; /* 0: no document tells it: what the others leave of a sum */
    int is_given; /* 1: everybody knows it, and it is not hidden for others' sake */
    int is_hidden;
    int is_certain; /* 1: hidden, and follows all the same from what is told ... */
    int is_wanted;  /* 1: ... as it must not, for the sake of few beside it */
} tsl__small_set;

typedef struct tsl__small_sets {
    double least;
    tsl__small_set *of;
    size_t count, room;
    /* Sums, one behind the other: sum s is parts end[s - 1] to end[s], and what they are parts of. */
    size_t *part;
    size_t parts, part_room;
    size_t *end, *total;
    size_t sums, end_room, total_room;
    int failed; /* out of memory */
} tsl__small_sets;

/* A set; its index, TSL__NO_SET where memory is short. */
size_t tsl__small_sets_add(tsl__small_sets *sets, double size);
/* The next part of the sum that is being made, one at a time; TSL__NO_SET: none. */
void tsl__small_sets_part(tsl__small_sets *sets, size_t part);
/* Ends it: what they add up to, TSL__NO_SET: a set of its own. Whom no part holds are one more, which is not known;
 * parts that hold more than there are, as by weights, are no sum. */
void tsl__small_sets_sum(tsl__small_sets *sets, size_t total);
/* 1: of 1 to least - 1 customers. */
int tsl__small_sets_is_few(const tsl__small_sets *sets, double size);
/* Which are hidden, by those that are already: small_choice.c. */
void tsl__small_sets_hide(tsl__small_sets *sets);
void tsl__small_sets_free(tsl__small_sets *sets);

#endif
