/* then.c: a run as it would have been. */
#include "run/next/then.h"

#include "run/finding.h"

void tsl__then_open(const tsl_run *run, const tsl_segmentation *given, tsl_run *then)
{
    *then = (tsl_run){.opt = run->opt,
                      .features_opt = run->features_opt,
                      .kmeans_opt = run->kmeans_opt,
                      .tree_opt = run->tree_opt,
                      .label_opt = run->label_opt,
                      .exec = run->exec,
                      .init_data = run->init_data,
                      .init_model = run->init_model,
                      .init_name = run->init_name,
                      .places = run->places,
                      .given = given,
                      .bare = 1};
    then->opt.stage = NULL;
    then->exec.report = NULL;
    then->opt.evidence = 0;
}

void tsl__then_close(tsl_run *then)
{
    tsl_features_free(then->features);
    then->features = NULL;
    tsl_model_free(then->model);
    then->model = NULL;
    tsl__assignment_free(then->assignment);
    then->assignment = NULL;
    tsl__findings_free(then->findings);
    then->findings = NULL;
    tsl_next_free(then->next);
    then->next = NULL;
}
