/* make_sample.c: make_sample FOLDER summary|report LANG: writes the summary (or
 * the report) of each sample run to FOLDER/KIND.json (KIND.html); make_sample
 * FOLDER formulas: CSV files of ids, names and texts that would be formulas. */
#include "formulas.h"
#include "sample.h"

#include <stdio.h>
#include <string.h>
#include <tesela/run.h>

static sample run;

static tsl_status write_one(const char *folder, int kind, int report, const char *lang, tsl_error *err)
{
    char path[512], *json = NULL;
    sample_make(&run, (sample_kind)kind, lang);
    snprintf(path, sizeof path, "%s/%s.%s", folder, sample_get_name((sample_kind)kind), report ? "html" : "json");
    if (!report) {
        return tsl_summary_write(&run.run, &(tsl_target){.path = path}, err);
    }
    tsl_status status = tsl_summary_build(&run.run, &json, err);
    if (status == TSL_OK) {
        status = tsl_report_write(json, NULL, &(tsl_target){.path = path}, err);
    }
    tsl_text_free(json);
    return status;
}

/* What was made of labels that were given, with a truth. */
static tsl_status write_evaluation(const char *folder, tsl_error *err)
{
    static const char rows[] = "id,x\na,0\nb,1\nc,10\nd,12\ne,11\n", labels[] = "id,label\na,1\nb,1\nc,2\nd,2\nz,3\n",
                      truth[] = "class\none\none\ntwo\none\ntwo\n";
    const tsl_source data = {.bytes = rows, .count = sizeof rows - 1},
                     given = {.bytes = labels, .count = sizeof labels - 1},
                     classes = {.bytes = truth, .count = sizeof truth - 1};
    char path[512];
    tsl_data_options by_id;
    tsl_evaluation_options opt;
    tsl_evaluation *evaluation = NULL;
    tsl_results results;
    TSL_DEFAULTS(data, &by_id);
    TSL_DEFAULTS(evaluation, &opt);
    TSL_DEFAULTS(results, &results);
    by_id.id = "id";
    opt.data = &by_id;
    tsl_status status = tsl_evaluation_build(&data, &given, &classes, &opt, NULL, &evaluation, err);
    results.evaluation = evaluation;
    snprintf(path, sizeof path, "%s/evaluation.json", folder);
    status = status == TSL_OK ? tsl_summary_write(&results, &(tsl_target){.path = path}, err) : status;
    tsl_evaluation_free(evaluation);
    return status;
}

/* What customers did after a cut, by labels that were given. */
static tsl_status write_next(const char *folder, tsl_error *err)
{
    static const char rows[] = "customer_id,date,amount\na,2024-01-01,5\nb,2024-01-03,7\nc,2024-01-05,9\n"
                               "d,2024-01-06,8\na,2024-02-01,5\ne,2024-02-02,20\nc,2024-02-03,1\n",
                      labels[] = "id,label\na,1\nb,1\nc,2\nz,3\n";
    const tsl_source orders = {.bytes = rows, .count = sizeof rows - 1},
                     given = {.bytes = labels, .count = sizeof labels - 1};
    char path[512];
    tsl_next_options opt;
    tsl_next *next = NULL;
    tsl_table *table = NULL;
    tsl_results results;
    TSL_DEFAULTS(next, &opt);
    TSL_DEFAULTS(results, &results);
    opt.cut = 19750; /* 2024-01-28 */
    tsl_status status = tsl_table_read(TSL_TRANSACTIONS, &orders, 1, NULL, NULL, NULL, NULL, &table, err);
    const tsl_tables tables = {.transactions = table};
    status = status == TSL_OK ? tsl_next_build(&tables, &given, &opt, NULL, &next, err) : status;
    results.next = next;
    snprintf(path, sizeof path, "%s/next.json", folder);
    status = status == TSL_OK ? tsl_summary_write(&results, &(tsl_target){.path = path}, err) : status;
    tsl_next_free(next);
    tsl_table_free(table);
    return status;
}

/* What became of the segments of an earlier run: b left one that is no more, d is new, z is gone. */
static tsl_status write_previous(const char *folder, tsl_error *err)
{
    static const char then[] = "id,segment\na,1\nb,2\nz,1\n";
    char *id[] = {"a", "b", "d"}, code[] = "S1", gone[] = "S2", name[] = "all", other[] = "others", path[512];
    int32_t number[] = {1, 1, 1};
    tsl_segment segment = {.segment = 1, .code = code};
    tsl_policy_segment old[] = {{{name, name}, code, 1, 0}, {{other, other}, gone, 2, 1}};
    const tsl_features features = {.customers = 3, .id = id};
    const tsl_policy policy = {.segment_count = 2, .segment = old};
    const tsl_labels labels = {
        .customers = 3, .features = &features, .segment_count = 1, .segments = &segment, .customer_segment = number};
    tsl_partition *segments = NULL;
    tsl_succession *succession = NULL;
    tsl_results results;
    TSL_DEFAULTS(results, &results);
    tsl_status status =
        tsl_partition_read(&(tsl_source){.bytes = then, .count = sizeof then - 1}, NULL, NULL, &segments, err);
    status = status == TSL_OK ? tsl_succession_build(&labels, NULL, &policy, segments, &succession, err) : status;
    results.succession = succession;
    snprintf(path, sizeof path, "%s/previous.json", folder);
    status = status == TSL_OK ? tsl_summary_write(&results, &(tsl_target){.path = path}, err) : status;
    tsl_succession_free(succession);
    tsl_partition_free(segments);
    return status;
}

int main(int argc, char **argv)
{
    tsl_error err;
    if (argc < 3) {
        return 2;
    }
    if (strcmp(argv[2], "formulas") == 0) {
        return formulas_write(&run, argv[1]);
    }
    for (int kind = 0; kind < SAMPLE_KINDS; kind++) {
        if (write_one(argv[1], kind, strcmp(argv[2], "report") == 0, argc > 3 ? argv[3] : "en", &err) != TSL_OK) {
            fprintf(stderr, "%s\n", err.message);
            return 1;
        }
    }
    if (strcmp(argv[2], "summary") == 0 &&
        (write_evaluation(argv[1], &err) != TSL_OK || write_next(argv[1], &err) != TSL_OK ||
         write_previous(argv[1], &err) != TSL_OK)) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    return 0;
}
