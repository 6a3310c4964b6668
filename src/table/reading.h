/*
 * reading.h: a table under construction.
 *
 * Whatever the rows come from (read.c: files; build.c: arrays, Arrow streams):
 * open, plan, work on blocks of records by several threads, merge what they
 * give in order, finish, free.
 */
#ifndef TSL_TABLE_READING_H
#define TSL_TABLE_READING_H

#include <tesela/table.h>

#include "base/notes.h"
#include "base/parallel.h"
#include "base/pipeline.h"
#include "table/date/date_files.h"
#include "table/row/decode.h"
#include "table/row/row_lines.h"
#include "table/schema/typing.h"
#include "table/table_state.h"

/* One column while it grows. */
typedef struct tsl__column_build {
    tsl__dict *dict;  /* text */
    int32_t *code;    /* text: -1 missing */
    int64_t *integer; /* decimal, time (on the way until it is settled) */
    uint8_t *clock;   /* time that is settled: one a row, 1: it has a time of day */
} tsl__column_build;

/* A worker's codes of one output as codes of the table's dictionary. */
typedef struct tsl__code_map {
    int32_t *code;
    size_t count, capacity;
} tsl__code_map;

/* One thread, and where its texts are in the table's dictionaries. */
typedef struct tsl__worker {
    tsl__decoder decoder;
    tsl__code_map *map; /* one an output */
} tsl__worker;

/* Customers of the rows, and whether they are known. */
#define TSL__JOIN_SHOWN 80
typedef struct tsl__join {
    size_t ids, orphans;
    char example[TSL__JOIN_SHOWN];                     /* one of them */
    char orphan[TSL__FOUND_EXAMPLES][TSL__JOIN_SHOWN]; /* the least of those that are not known, as they are shown */
    size_t shown;
} tsl__join;

/* Where a row of the customers stood. */
typedef struct tsl__row_origin {
    uint32_t file;
    uint64_t line;
} tsl__row_origin;

typedef struct tsl__reading {
    tsl__terms terms;
    int threads;
    size_t memory; /* as tsl_exec has both */
    const char *spill;
    tsl__worker *worker; /* one a thread, from the plan on */
    tsl__batch *batch;   /* one a slot of the pipeline, likewise */
    tsl_table *table;    /* the result under construction */

    const char *const *place;         /* what rejects call the files, or what stands in their place */
    size_t files;                     /* of the table's own; 0: it comes from memory */
    const tsl__file_columns *columns; /* theirs, or NULL */
    const char *path;                 /* what messages call the first */

    tsl__shards *shards;      /* where the rows stand that are kept by customer; or NULL */
    tsl__sums sums;           /* of those, at the end */
    tsl__column_build *build; /* one an output */
    size_t rows, capacity;
    size_t accepted; /* of the rows, behind the last one: those that leave later were counted with them */
    tsl__observed observed;
    tsl__number_form *form;    /* one a number input: of looked-up ones; of others in the file that was merged last */
    tsl__mark_evidence *shown; /* one a number input: what all files have shown of it */
    tsl__mark *proven;         /* likewise: the decimal mark that the last file has proven, to be remembered */
    tsl__mark_place guessed;   /* the first number that may be either, in a file that tells nothing of its mark */
    tsl__mark_place comma;     /* the first that shows a decimal comma */
    tsl__row_origin *origin;   /* customers: one a row */
    tsl__row_lines lines;      /* events, where no as-of day is given */
    tsl__row_hashes hashes;    /* events: one a row, in the order of reading */
    tsl__join join;            /* of the customers with those that are known */
    uint8_t *known_code;       /* one a customer code, where the customers are known: TSL__KNOWN, TSL__ORPHAN */
    size_t known_capacity;
    tsl__order_statuses orders; /* transactions with statuses: what lines lack and their orders have */
    tsl__pending *pending;
    size_t pendings, pending_capacity;
    tsl__rejects rejects;
    tsl__date_evidence *file_dates;  /* one an output: of the current file, where there are several */
    tsl__date_files date_files;      /* what each of them has shown */
    int has_other_level;             /* 1: the amounts seem to be of whole orders, or of one piece */
    struct tsl__month_counts *month; /* transactions, from where their dates are settled; or NULL */
    int64_t repeats;                 /* repeated rows that were found; -1: they were not looked for */
    tsl__found quote;                /* lines in which a quote opens by mistake */
    tsl__found guard;                /* cells of the form ="007", which that was taken off */
    tsl_finding_kind refusal;        /* what it is where the step at hand refuses the table */
    tsl__ticker ticker;
    double started;
} tsl__reading;

/* reading.c. kind, known, rejects, options and exec as tsl_table_read takes
 * them. The caller sets place and files. Free it, also on failure. */
TSL_FALLIBLE tsl_status tsl__reading_open(tsl__reading *reading, tsl_table_kind kind, const tsl_table *known,
                                          const tsl_reject_sink *rejects, const tsl_table_options *opt,
                                          const tsl_exec *exec, tsl_error *err);
/* Decides on the columns; loads the lookups that are used; makes workers and batches. The names must stay. */
TSL_FALLIBLE tsl_status tsl__reading_plan(tsl__reading *reading, const tsl__own_columns *own, tsl_error *err);
/* All that is amiss, so far. Takes the notes out that are to be ignored. */
TSL_FALLIBLE tsl_status tsl__reading_find(tsl__reading *reading, tsl__finding_list *out, tsl_error *err);
/* Behind the last row: makes the table, checked. */
TSL_FALLIBLE tsl_status tsl__reading_finish(tsl__reading *reading, tsl_table **out, tsl_error *err);
void tsl__reading_free(tsl__reading *reading);
/* It ended so: where customers go by pseudonyms, the error shows no cell any more. */
void tsl__reading_hide(const tsl__reading *reading, tsl_status ended, tsl_error *err);
/* Tells how far it is; every block. */
TSL_FALLIBLE tsl_status tsl__reading_tick(tsl__reading *reading, uint64_t bytes, double fraction, tsl_error *err);
/* What a reading has come to know, whether it gave a table or not. Starts as zeros; its texts are its own. */
typedef struct tsl__look_role {
    char *name; /* of the column, or the expression */
    tsl_role role;
    tsl_column_type type;
    int derived; /* 1: an expression */
} tsl__look_role;
/* Another name of a column, in files where it is called so. */
typedef struct tsl__look_alias {
    char *name, *column;
} tsl__look_alias;
typedef struct tsl__look {
    tsl__look_role *role;
    size_t roles;
    tsl__look_alias *alias;
    size_t aliases;
    tsl__finding_list findings; /* why it was refused as well */
    tsl_notes understood, notes;
    uint64_t read, rejected;
    int refused; /* 1: for what the data are: the error is a finding */
} tsl__look;
/* look.c: of a reading that ended so; made: the table that it gave, whose findings are taken out, or NULL. What is no
 * refusal of the data goes on as an error. */
TSL_FALLIBLE tsl_status tsl__reading_look(tsl__reading *reading, tsl_status ended, const tsl_error *why,
                                          const tsl_table *made, tsl__look *out, tsl_error *err);
void tsl__look_free(tsl__look *look);
/* read.c: tsl_table_read, and a look besides; a table that is refused for what the data are is TSL_OK, and NULL. */
TSL_FALLIBLE tsl_status tsl__table_read_look(tsl_table_kind kind, const tsl_source *sources, size_t source_count,
                                             const tsl_table *known, const tsl_table_options *opt, const tsl_exec *exec,
                                             tsl__look *look, tsl_table **out, tsl_error *err);
/* A source as it was given, in rejects and the list of files. */
const char *tsl__reading_name(const tsl_source *source);

/* merge.c: the rows of a batch of this file behind those that are there, and what was found of them. The batch is empty
 * then. TSL_E_INPUT: too many rows. */
TSL_FALLIBLE tsl_status tsl__merge_batch(tsl__reading *reading, size_t worker, size_t file, tsl__batch *batch,
                                         tsl_error *err);

/* number_forms.c: how the numbers of a file are read. Of looked-up columns that is known when they are loaded; notes
 * what may surprise. TSL_E_INPUT where their marks cannot be told. */
TSL_FALLIBLE tsl_status tsl__forms_open(tsl__reading *reading, tsl_error *err);
void tsl__forms_free(tsl__reading *reading);
/* Before a block of a file is decoded, several threads decode or one merges: makes map->form by what the cells of the
 * first block show, whose evidence is one a number input. */
TSL_FALLIBLE tsl_status tsl__forms_assume(const tsl__reading *reading, const tsl__mark_evidence *evidence,
                                          char delimiter, tsl__field_map *map, tsl_error *err);
/* The file ends, and all its rows are merged: decides by all of its cells. TSL_E_INPUT where some were read otherwise.
 */
TSL_FALLIBLE tsl_status tsl__forms_settle(tsl__reading *reading, const tsl__field_map *map, char delimiter,
                                          tsl_error *err);
/* Behind the last file: notes of all numbers, and remembers. */
TSL_FALLIBLE tsl_status tsl__forms_finish(tsl__reading *reading, tsl_error *err);

/* finish_currency.c: the one currency of the amounts, by its column, the signs beside them and the names of their
 * columns. profile: of customers, one an output; else NULL. TSL_E_INPUT: there are several, or another than before. */
TSL_FALLIBLE tsl_status tsl__finish_currency(tsl__reading *reading, const tsl__profile *profile, tsl_error *err);

/* finish_rates.c: where rates are given, tells what they made of the amounts of each currency. TSL_E_INPUT: one has no
 * rate. */
TSL_FALLIBLE tsl_status tsl__finish_rates(tsl__reading *reading, tsl_error *err);

/* finish_dates.c: how the dates of an output are read is decided, and noted; or TSL_E_INPUT. */
TSL_FALLIBLE tsl_status tsl__finish_reading(tsl__reading *reading, size_t output, tsl_error *err);
/* finish_date_files.c: of several files, what a batch shows of the current one's dates, before it is joined. */
TSL_FALLIBLE tsl_status tsl__date_files_merge(tsl__reading *reading, const tsl__observed *of_batch, tsl_error *err);
/* The current file ends; its numbers are not settled yet. */
TSL_FALLIBLE tsl_status tsl__date_files_close(tsl__reading *reading, size_t file, char delimiter, tsl_error *err);
/* The same of customers, whose columns were read as texts: is_dated, one an output. TSL_E_INPUT as
 * tsl__date_files_check. */
TSL_FALLIBLE tsl_status tsl__date_files_check_texts(tsl__reading *reading, const uint8_t *is_dated, size_t rows,
                                                    tsl_error *err);
/* finish_dates.c: all dates are settled, late rows out. */
TSL_FALLIBLE tsl_status tsl__finish_dates(tsl__reading *reading, tsl_error *err);
/* Keeps the rows with keep[row] != 0, of every column. */
void tsl__finish_keep(tsl__reading *reading, const uint8_t *keep);

/* finish_ids.c: notes what the distinct ids show: spellings of one, rows that are no customer's. Before the columns are
 * handed to the table. */
TSL_FALLIBLE tsl_status tsl__finish_ids(tsl__reading *reading, tsl_error *err);

/* finish_status.c: notes the rows that by a status are no sale. */
TSL_FALLIBLE tsl_status tsl__finish_status(tsl__reading *reading, tsl_error *err);

/* finish_subtotals.c: notes the rows of totals in the place of an order. */
TSL_FALLIBLE tsl_status tsl__finish_subtotals(tsl__reading *reading, tsl_error *err);

/* finish_opposite.c: notes the rows that a column calls the other side of a sale. */
TSL_FALLIBLE tsl_status tsl__finish_opposite(tsl__reading *reading, tsl_error *err);

/* finish_ways.c: says in the notes that have one by what condition their rows are left out. */
TSL_FALLIBLE tsl_status tsl__finish_ways(tsl__reading *reading, tsl_error *err);

/* finish_repeats.c: rows that are the same in every column are noted, or dropped where that is asked. */
TSL_FALLIBLE tsl_status tsl__finish_repeats(tsl__reading *reading, tsl_error *err);

/* The output of a role; TSL__NONE: there is none. */
size_t tsl__finish_find(const tsl__reading *reading, tsl_role role);
/* finish_quality.c: dates are settled, and no row has left for it: counts the rows of transactions by month. */
TSL_FALLIBLE tsl_status tsl__finish_months(tsl__reading *reading, size_t output, tsl_error *err);
/* All rows that leave have left, and the columns are still there: what they are worth, with those of nobody. */
TSL_FALLIBLE tsl_status tsl__finish_quality(tsl__reading *reading, tsl_error *err);

/* finish_level.c: notes where an amount seems to be of its whole order, or of one piece. */
TSL_FALLIBLE tsl_status tsl__finish_level(tsl__reading *reading, tsl_error *err);
/* finish_beside.c: notes refunds and discounts in columns that are not used, and negative quantities beside amounts
 * that are not. */
TSL_FALLIBLE tsl_status tsl__finish_besides(tsl__reading *reading, tsl_error *err);
/* 1: the amounts are the quantity times the price less what this column holds. */
int tsl__beside_explains(const tsl__beside_column *beside);
uint64_t tsl__beside_count_explained(const tsl__beside_column *beside); /* so many lines */
/* Notes where amounts stand on the first lines of orders alone; in words, or NULL. */
TSL_FALLIBLE tsl_status tsl__finish_lacking(tsl__reading *reading, tsl_error *err);
#define TSL__LEVEL_BYTES 640
const char *tsl__level_describe(const tsl__reading *reading, char *out, size_t size);

/* finish_columns.c: dictionaries sorted, the columns handed to the table. */
TSL_FALLIBLE tsl_status tsl__finish_columns(tsl__reading *reading, tsl_error *err);
/* Notes the rows that the table's condition leaves out for cells that do not fit. */
TSL_FALLIBLE tsl_status tsl__finish_where(tsl__reading *reading, tsl_error *err);
/* Notes the cells of an output that do not fit. */
TSL_FALLIBLE tsl_status tsl__finish_bad(tsl__reading *reading, size_t output, tsl_error *err);

/* finish_kinds.c: notes where the column of kinds has none that is known. */
TSL_FALLIBLE tsl_status tsl__finish_kinds(tsl__reading *reading, size_t output, const tsl_column *column,
                                          tsl_error *err);

/* Where memory is limited: the parts of it that rows may take while they are read, and once they are there. */
#define TSL__ROWS_SHARE 4
#define TSL__ROWS_SHARE_LATER 16

/* finish_shards.c: the same of rows that are kept by customer: what the threads counted is added up, dates are
 * settled, late rows are out. */
TSL_FALLIBLE tsl_status tsl__finish_shards(tsl__reading *reading, tsl_error *err);
/* What is known of an output without its cells: dictionary, missing cells, first and last time. */
TSL_FALLIBLE tsl_status tsl__finish_shard_column(tsl__reading *reading, size_t output, tsl_column *column,
                                                 tsl_error *err);
/* All rows of an id of a shard leave, by its place there: they are told by the caller. What was counted is counted
 * anew. At most once. */
TSL_FALLIBLE tsl_status tsl__finish_drop(tsl__reading *reading, size_t shard, size_t place, tsl_error *err);
/* Fills in join and the rows of customers that are not known. */
TSL_FALLIBLE tsl_status tsl__finish_shard_orphans(tsl__reading *reading, tsl_error *err);
/* Says, where rows stand far behind all others, what becomes of them; *until: those from this time on are out. */
TSL_FALLIBLE tsl_status tsl__finish_far(tsl__reading *reading, size_t output, tsl__outlying *far, int64_t *until,
                                        tsl_error *err);
#define TSL__FAR_MESSAGE "lies far after all others, which set the as-of day"

/* join.c: fills in join from the codes of the customers. */
void tsl__join_count(tsl__reading *reading);
/* Takes in one that is not known, as an example. */
void tsl__join_show_orphan(tsl__join *join, const char *shown);
/* Rows of customers that the customers table lacks are noted, and pointedly so where it lacks all. Before the
 * columns move on. */
TSL_FALLIBLE tsl_status tsl__join_note(tsl__reading *reading, tsl_error *err);
/* Where the table shares no id with the customers: so, with an id of either side, into out; else NULL. */
#define TSL__JOIN_BYTES 400
const char *tsl__join_describe(const tsl__reading *reading, char *out, size_t size);
/* Customers of whom over half of the rows contradict each other: what that looks like; else NULL. */
const char *tsl__join_find_events(const tsl__reading *reading);

/* customers.c: sorts by id, collapses duplicates, rejects conflicts, types the
 * plain columns and hands all to the table. */
TSL_FALLIBLE tsl_status tsl__customers_finish(tsl__reading *reading, tsl_error *err);

#endif
