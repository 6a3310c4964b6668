/*
 * id_list.h: the distinct ids of a table once its rows are there: how many rows each has, and which are spellings of
 * one.
 *
 * Of a table kept by customer the ids are those of all shards, or, where it is large, of some, each of which is whole,
 * and of the others those that no shard stands for: words in place of an id, and what may be a rounded number.
 */
#ifndef TSL_TABLE_IDS_ID_LIST_H
#define TSL_TABLE_IDS_ID_LIST_H

#include "table/cell/id_spelling.h"
#include "table/names/id_words.h"
#include "table/reading.h"

typedef struct tsl__id_entry {
    uint64_t form, text; /* hashes: of the form that its spellings share, and of the id */
    uint64_t bare;       /* likewise: of the form without leading zeros, where it has such */
    uint32_t rows;
    uint32_t shard, place; /* where it is found again; shard TSL__ID_KNOWN: among the known customers */
    uint16_t traits;       /* of the spelling */
    uint8_t word;          /* tsl__id_word */
    uint8_t may_be_science, is_code;
    uint8_t is_masked; /* 1: a part of it is hidden */
    uint8_t sums; /* n: it is one of n ids, each of which has the sum of all amounts but theirs, where there are n */
    uint8_t is_alone; /* 1: of its shard the odd ids alone are listed */
} tsl__id_entry;
#define TSL__ID_KNOWN UINT32_MAX
#define TSL__ID_SUMS 2 /* the most such ids: rows of totals, and of subtotals beside them */

typedef struct tsl__id_list {
    tsl__id_entry *entry; /* those of the table, then the known ones that it lacks or has */
    size_t count, own, capacity;
    int partial;     /* 1: of some shards alone, but for odd ids */
    uint64_t rows;   /* of its own */
    uint64_t median; /* rows of an id */
} tsl__id_list;

/* Before the columns are handed to the table. Freed also on failure. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__id_list_build(const tsl__reading *reading, tsl__id_list *list, tsl_error *err);
void tsl__id_list_free(tsl__id_list *list);

/* finish_masked.c: notes where most ids hide a part. */
TSL_FALLIBLE tsl_status tsl__finish_masked(tsl__reading *reading, const tsl__id_list *list, tsl_error *err);

/* One of them, as a message names it, and what is known of its rows. */
typedef struct tsl__id_found {
    char *text;       /* owned */
    const char *file; /* of its first row; NULL: not known */
    size_t file_number;
    uint64_t line;
    __int128 amount, absolute; /* sums over its rows, where the table has amounts */
} tsl__id_found;

/* TSL_E_NOMEM. Free its text, also on failure. */
TSL_FALLIBLE tsl_status tsl__id_list_find(const tsl__reading *reading, const tsl__id_entry *entry, tsl__id_found *found,
                                          tsl_error *err);
/* The largest amount of which all amounts of the table, which has such, are multiples. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__id_list_find_step(const tsl__reading *reading, uint64_t *step, tsl_error *err);
/* The sums over all rows of the table: of amounts; of their absolute values. */
__int128 tsl__id_list_get_sum(const tsl__reading *reading);
__int128 tsl__id_list_get_absolute(const tsl__reading *reading);

#endif
