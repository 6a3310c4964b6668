/* roster_read.c: the folder of a run as a roster: segments.csv, and of what else there is the summary (names, day),
 * the features and the model. */
#include <tesela/run.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "feature/features.h"
#include "output/roster_summary.h"
#include "run/compare/roster_rows.h"
#include "store/files/stream.h"

#include <stdlib.h>
#include <string.h>

/* A file in the folder, owned. */
static char *find_within(const tsl_roster *roster, const char *name)
{
    const size_t length = strlen(roster->name);
    return tsl__format("%s%s%s", roster->name, length && roster->name[length - 1] == '/' ? "" : "/", name);
}

/* Of a part that need not be there. */
static tsl_status allow_missing(tsl_status status, tsl_error *err)
{
    if (status == TSL_E_NOT_FOUND) {
        tsl__error_reset(err);
        return TSL_OK;
    }
    return status;
}

static tsl_status read_summary(tsl_roster *roster, tsl_error *err)
{
    tsl__stream stream = {.fd = -1};
    char *path = NULL, *bytes = NULL;
    size_t count = 0;
    tsl_status status = TSL_OK;
    TSL__NEED(path = find_within(roster, "summary.json"));
    TSL__TRY(tsl__stream_open(&(tsl_source){.path = path}, &stream, err));
    TSL__TRY(tsl__stream_read_all(&stream, &bytes, &count, err));
    TSL__TRY(tsl__roster_read_summary(bytes, count, path, roster, err));
done:
    tsl__stream_close(&stream);
    free(bytes);
    free(path);
    return status;
}

static tsl_status read_segments(tsl_roster *roster, const tsl_exec *exec, tsl_error *err)
{
    char *path = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(path = find_within(roster, "segments.csv"));
    status = tsl__roster_read_rows(&(tsl_source){.path = path}, exec, roster, err);
    if (status == TSL_E_NOT_FOUND) {
        TSL__TRY(tsl__error_set(err, status,
                                "%s: is no folder of a run: there is no segments.csv in it; a folder that tesela run "
                                "wrote is expected",
                                roster->name));
    }
done:
    free(path);
    return status;
}

/* Row by row the same customers; an id that is marked in a CSV file is another text there. */
static tsl_status check_ids(const tsl_roster *roster, const char *path, tsl_error *err)
{
    const tsl_features *features = roster->features;
    int same = features->customers == roster->customers && features->id;
    for (size_t i = 0; same && i < roster->customers; i++) {
        same = strcmp(features->id[i], roster->id[i]) == 0 || tsl__csv_is_marked(features->id[i]);
    }
    return same ? TSL_OK
                : tsl__error_set(err, TSL_E_INPUT, "%s: is not of the customers of the segments.csv beside it", path);
}

static tsl_status read_features(tsl_roster *roster, const tsl_exec *exec, tsl_error *err)
{
    char *path = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(path = find_within(roster, "features.h5"));
    TSL__TRY(tsl__features_read_lean(&(tsl_source){.path = path}, exec, &roster->features, err));
    TSL__TRY(check_ids(roster, path, err));
done:
    free(path);
    return status;
}

static tsl_status read_model(tsl_roster *roster, tsl_error *err)
{
    char *path = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(path = find_within(roster, "model.h5"));
    TSL__TRY(tsl_segmentation_read(&(tsl_source){.path = path}, &roster->segmentation, err));
done:
    free(path);
    return status;
}

tsl_status tsl_roster_read(const char *folder, const tsl_exec *exec, tsl_roster **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_roster *roster = NULL;
    tsl_exec how;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__exec_open(exec, &how, err));
    TSL__NEED(roster = tsl__alloc_zero(1, sizeof *roster));
    roster->as_of = TSL_NO_DAY;
    TSL__NEED(roster->name = tsl__strdup(folder));
    TSL__TRY(allow_missing(read_summary(roster, err), err));
    TSL__TRY(read_segments(roster, &how, err));
    TSL__TRY(allow_missing(read_features(roster, &how, err), err));
    TSL__TRY(allow_missing(read_model(roster, err), err));
    *out = roster;
    roster = NULL;
done:
    tsl_roster_free(roster);
    return status;
}
