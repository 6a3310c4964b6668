/* formulas.c: the CSV files of a run whose ids, names and texts would be formulas. */
#include "formulas.h"

#include "payloads.h"

#include <stdio.h>

const char *formulas_get(size_t i)
{
    return i < PAYLOADS ? payloads[i] : i < PAYLOADS + HARMLESS ? harmless[i - PAYLOADS] : NULL;
}

static char *text_at(size_t i)
{
    return (char *)(uintptr_t)formulas_get(i % (PAYLOADS + HARMLESS));
}

/* Segment names of both languages are payloads, too. */
static void make_run(sample *run)
{
    static double x[SAMPLE_CUSTOMERS * SAMPLE_FEATURES];
    sample_make(run, SAMPLE_APPLIED, "en");
    for (size_t i = 0; i < PAYLOADS + HARMLESS; i++) {
        run->id[i] = run->reason[i] = text_at(i);
        run->value[i] = -12.5 * (double)i;
        run->customer_segment[i] = (int32_t)(i % SAMPLE_SEGMENTS) + 1;
    }
    run->features.x = x;
    run->labels.customers = PAYLOADS + HARMLESS;
}

static tsl_status write_rejects(const tsl_target *target)
{
    tsl_rejects *rejects;
    tsl_status status = tsl_rejects_open(target, &rejects, NULL);
    if (status != TSL_OK) {
        return status;
    }
    const tsl_reject_sink *sink = tsl_rejects_get_sink(rejects);
    for (size_t i = 0; status == TSL_OK && i < PAYLOADS + HARMLESS; i++) {
        const tsl_reject reject = {text_at(i + 3),      i + 1,      text_at(i + 2),
                                   TSL_REJECT_BAD_CELL, text_at(i), text_at(i + 1)};
        status = sink->write(sink->user, &reject, NULL);
    }
    if (status != TSL_OK) {
        tsl_rejects_free(rejects);
        return status;
    }
    return tsl_rejects_close(rejects, NULL);
}

int formulas_write(sample *run, const char *folder)
{
    static const char *const names[] = {"segments.csv", "labels.csv", "clusters.csv", "rejects.csv"};
    static int32_t label[PAYLOADS + HARMLESS];
    const tsl_assignment assignment = {.rows = PAYLOADS + HARMLESS, .label = label};
    int failed = 0;
    make_run(run);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        const tsl_target target = {.path = path, .replace = 1};
        tsl_status status = i == 0   ? tsl_segments_write(&run->labels, &target, NULL, NULL)
                            : i == 1 ? tsl_labels_write(&run->labels, &target, NULL, NULL)
                            : i == 2 ? tsl_clusters_write(&run->features, &assignment, &target, NULL, NULL)
                                     : write_rejects(&target);
        failed |= status != TSL_OK;
    }
    return failed;
}
