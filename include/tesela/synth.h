/*
 * synth.h: invented tables, and what is known of them.
 *
 * A scenario is a business: its transactions, customers and interactions, what is true of each customer, and the
 * configuration that labels them.
 *
 * Dirty tables are a shop's, made twice: clean, and with a share of their lines broken in ways that tables are broken
 * in. A list tells each broken line, and what a reader ought to make of it.
 */
#ifndef TESELA_SYNTH_H
#define TESELA_SYNTH_H

#include <tesela/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Scenarios -------------------------------------------------------------- */

typedef struct tsl_scenario {
    const char *name;                   /* "company" */
    const char *summary;                /* what it is, in a few words */
    int customers, lines, interactions; /* as many as it usually has */
} tsl_scenario;

typedef struct tsl_scenario_options {
    size_t size;      /* of this struct */
    int customers;    /* 1 to 99999999; default 0: as many as the scenario usually has */
    int lines;        /* of the transactions, 1 to 1e9, no fewer than there are customers who buy; default 0: as many a
                         customer as usually */
    int interactions; /* 1 to 1e9; default 0: likewise */
    uint64_t seed;    /* default 1 */
} tsl_scenario_options;

TSL_API void tsl_scenario_defaults(tsl_scenario_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_scenario_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_scenario_check(const tsl_scenario_options *opt, tsl_error *err);

/* The scenarios, in the order of the docs; NULL beyond the last. Borrowed for good. */
TSL_API const tsl_scenario *tsl_scenario_get(size_t index);

/* Makes the folder at path, whole or not at all: transactions.csv, customers.csv, interactions.csv, truth.csv (one row
 * a customer: segment, tier, stage, the day on which he left, what to expect of the next 365 days and what they
 * brought) and config.yaml. The numbers of rows are exactly those asked for. The same name and options give the same
 * bytes, on every machine and for any number of threads. replace: as in tsl_folder_open. *made: what it has in fact;
 * may be NULL. Linear in the rows, some 60 bytes of memory each. TSL_E_OPTION: no such scenario, or too few lines. */
TSL_API TSL_FALLIBLE tsl_status tsl_scenario_write(const char *path, int replace, const char *name,
                                                   const tsl_scenario_options *opt, const tsl_exec *exec,
                                                   tsl_scenario *made, tsl_error *err);

/* ---- Dirty tables ------------------------------------------------------------- */

/* What is broken, and how much of it. */
typedef struct tsl_defect_share {
    const char *defect; /* a name of tsl_dirty_get_defect; "all": each that leaves the tables fit for use, and that is
                           of single lines */
    double share;       /* of the lines of its table, 0 to 1; of a defect that stands once, more than 0 puts it there */
} tsl_defect_share;

typedef struct tsl_dirty_options {
    size_t size;   /* of this struct */
    int lines;     /* of the transactions, 1 to 1e9; default 10000; the interactions have half as many */
    int customers; /* 1 to 899999; default 500 */
    uint64_t seed; /* default 1 */
    const tsl_defect_share *share; /* a later one goes over an earlier one; views */
    size_t share_count;            /* default 0: 0.5 % of all */
} tsl_dirty_options;

TSL_API void tsl_dirty_defaults(tsl_dirty_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_dirty_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_dirty_check(const tsl_dirty_options *opt, tsl_error *err);

/* The name of a defect, in the order of the tables; NULL beyond the last. Borrowed for good. */
TSL_API const char *tsl_dirty_get_defect(size_t index);

/* Makes the folder at path, whole or not at all: clean/ and dirty/ with transactions.csv, customers.csv and
 * interactions.csv each, and broken.csv. The same options give the same bytes. replace: as in tsl_folder_open.
 * *broken: how many lines are; may be NULL. */
TSL_API TSL_FALLIBLE tsl_status tsl_dirty_write(const char *path, int replace, const tsl_dirty_options *opt,
                                                uint64_t *broken, tsl_error *err);

#ifdef __cplusplus
}
#endif
#endif
