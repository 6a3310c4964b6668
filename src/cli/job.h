/* job.h: one piece of work: what was asked, and the library's run that does it.
 * The commands differ in what goes in and what is written. */
#ifndef TSL_CLI_JOB_H
#define TSL_CLI_JOB_H

#include "cli/ask/settings.h"

struct json_t;

typedef struct cli_job {
    const cli_settings *set;
    const char *const *argument; /* the command line, for the manifest */
    size_t argument_count;
    tsl_exec exec;                /* threads as asked for, and progress */
    tsl_source input;             /* DATA, or what is inspected */
    int has_features;             /* 1: DATA is a features file; 0: plain numbers */
    tsl_segmentation *given;      /* the model that was read, or NULL */
    tsl_run *run;                 /* or NULL */
    tsl_feature_options features; /* what the run's options point to */
    tsl_label_options labels;     /* likewise */
    tsl_report_options report;    /* likewise, where a report is written; size 0: none is */
    tsl_strategies *strategies;   /* that were read from a file, or NULL */
    tsl_evaluation *evaluation;   /* evaluate, or NULL */
    tsl_next *next;               /* likewise, with transactions */
    tsl_valuation *valuation;     /* value, or NULL */
    cli_list selected;            /* value: the features that it needs */
    tsl_features *alone;          /* inspect: a features file by itself */
    tsl_pseudonyms *pseudonyms;   /* that customers go by, or NULL */
    tsl_suppression *suppression; /* those who are left out, or NULL */
    const char *file;             /* inspect: what is said of a file that holds none of these, as JSON */
    int is_trial;                 /* 1: the run shows whether it goes: of its clusters nothing is said */
    int unlabelled;               /* 1: the summary says nothing of labels */
    int unhashed;                 /* 1: nothing is written that tells the hashes of tables */
    int said;                     /* parts of the run that have been spoken of: see job.c */
} cli_job;

void cli_job_open(cli_job *job, const cli_settings *set, const char *const *argument, size_t argument_count);
void cli_job_free(cli_job *job);

/* Reads the key of pseudonyms and the list of those who are left out, where they are asked for and not read yet. */
TSL_FALLIBLE tsl_status cli_job_read_privacy(cli_job *job, tsl_error *err);
/* Says whom of the list was met, once all is read. */
void cli_job_say_suppressed(const cli_job *job);
/* Reads the model that is to be applied, or looked at. */
TSL_FALLIBLE tsl_status cli_job_read_model(cli_job *job, const tsl_source *source, tsl_error *err);
/* Opens the run; with a model that was read, one that applies it. `kept`: which
 * of the parameters the model keeps. */
TSL_FALLIBLE tsl_status cli_job_open_run(cli_job *job, int kept, tsl_error *err);
/* The labels that customers had in an earlier run: of its folder, whose model tells what tiers were cut by, or of its
 * segments.csv alone. */
TSL_FALLIBLE tsl_status cli_job_read_former(cli_job *job, const char *path, tsl_error *err);
/* The first day that a run knew nothing of, as the manifest beside the file, which is to be called as expected, says;
 * TSL_NO_DAY: none does. */
int32_t cli_job_find_day(const char *path, const char *expected);
/* Reads all tables that were asked for, and says how they were understood. */
TSL_FALLIBLE tsl_status cli_job_read_tables(cli_job *job, const tsl_reject_sink *rejects, tsl_error *err);
/* DATA: a features file or plain numbers, told apart by its bytes; what is neither is refused. */
TSL_FALLIBLE tsl_status cli_job_open_input(cli_job *job, tsl_error *err);
TSL_FALLIBLE tsl_status cli_job_read_data(cli_job *job, tsl_error *err);

/* DATA likewise, assigned to the model that was read; labels NULL: no labels.csv. */
TSL_FALLIBLE tsl_status cli_job_assign(cli_job *job, const tsl_target *labels, tsl_error *err);

/* The index of the customer that is asked for, by his id, or by his own one where pseudonyms are kept and the key is
 * given. TSL_E_NOT_FOUND, with what comes near, but where that would tell of whom. */
TSL_FALLIBLE tsl_status cli_job_find_customer(cli_job *job, const tsl_features *features, size_t *index,
                                              tsl_error *err);

/* What is known of the work, for the summary. */
void cli_job_get_results(cli_job *job, tsl_results *results);
/* Prints the summary as JSON. */
TSL_FALLIBLE tsl_status cli_job_print_json(cli_job *job, tsl_error *err);

/* The same of a file that is described by itself alone; takes file over. */
TSL_FALLIBLE tsl_status cli_job_print_file(cli_job *job, struct json_t *file, tsl_error *err);

/* Refuses an output that cannot be written: there already and no force, or in
 * a folder that is not there. NULL and "-" are fine. */
TSL_FALLIBLE tsl_status cli_output_check(const char *path, int force, tsl_error *err);
/* Before outputs appear: whether a signal came, and whether there is memory to tell of them once they are there. */
TSL_FALLIBLE tsl_status cli_publishing_check(tsl_error *err);
/* Where all went well so far, publishes the files, and no signal comes between
 * them; else takes them away and gives the status back. Frees the set (NULL is
 * fine after a failure). */
TSL_FALLIBLE tsl_status cli_fileset_publish(tsl_fileset *set, tsl_status status, tsl_error *err);

#endif
