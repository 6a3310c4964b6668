/* job.h: one piece of work: what was asked, what the stages have made of it so
 * far, and how long each took. The commands are made of the same stages, so
 * that run and its stages one by one give the same bytes. */
#ifndef TSL_CLI_JOB_H
#define TSL_CLI_JOB_H

#include "cli/ask/settings.h"

#define CLI_STAGES_MAX 16

typedef struct cli_job {
    const cli_settings *set;
    const char *const *argument; /* the command line, for the manifest */
    size_t argument_count;
    const tsl_progress *progress;
    int threads; /* as resolved */
    tsl_table *table[TSL_TABLE_KINDS];
    tsl_data *data;
    tsl_features *features;
    tsl_feature_matrix *matrix;
    tsl_model *model;
    tsl_labels *labels;
    const char *file; /* inspect: what is said of a file that holds none of these, as JSON */
    double begun, stage_begun;
    const char *stage[CLI_STAGES_MAX];
    double stage_seconds[CLI_STAGES_MAX];
    size_t stage_count;
} cli_job;

void cli_job_open(cli_job *job, const cli_settings *set, const char *const *argument, size_t argument_count);
void cli_job_free(cli_job *job);

/* Ends the stage that was on, if any, and begins the next; NULL: none.
 * TSL_E_CANCELLED where a signal came. */
tsl_status cli_job_stage(cli_job *job, const char *name, tsl_error *err);

/* How the long calls are carried out. */
tsl_exec cli_job_get_exec(const cli_job *job);

/* Stages. Each says on standard error what the user should know. */
tsl_status cli_stage_tables(cli_job *job, const tsl_reject_sink *rejects, tsl_error *err);
tsl_status cli_stage_features(cli_job *job, tsl_error *err);
tsl_status cli_stage_clusters(cli_job *job, tsl_error *err); /* from job->features */
tsl_status cli_stage_labels(cli_job *job, tsl_error *err);

/* The weighted matrix that clustering runs on, in job->matrix, and its view. */
tsl_status cli_job_get_matrix(cli_job *job, const tsl_selection *selection, tsl_matrix *x, tsl_error *err);

/* A tree's raw columns: those features that the clusters were found on. */
typedef struct cli_raw {
    tsl_matrix view; /* values owned by the caller's struct: free with cli_raw_free */
    double *values;
    const char **name;
    tsl_tree_form *form;
} cli_raw;
tsl_status cli_raw_build(const tsl_features *features, const tsl_feature_matrix *matrix, cli_raw *out, tsl_error *err);
void cli_raw_free(cli_raw *raw);

/* Says what the sweep chose, and sets the options of the tree that follows. */
void cli_tree_options(const cli_job *job, const tsl_sweep *sweep, tsl_tree_options *tree);
/* Copies of the options (JSON) and of the value's name (or NULL) into the model. */
tsl_status cli_model_set_texts(tsl_model *model, const char *options, const char *value, tsl_error *err);

/* What is known of the work, for the summary. */
void cli_job_get_run(cli_job *job, tsl_run *run);
/* Prints the summary as JSON. */
tsl_status cli_job_print_json(cli_job *job, tsl_error *err);

/* Refuses an output that cannot be written: there already and no force, or in
 * a folder that is not there. NULL and "-" are fine. */
tsl_status cli_output_check(const char *path, int force, tsl_error *err);
/* Where all went well so far, publishes the files, and no signal comes between
 * them; else takes them away and gives the status back. Frees the set (NULL is
 * fine after a failure). */
tsl_status cli_fileset_publish(tsl_fileset *set, tsl_status status, tsl_error *err);

#endif
