/* rfm_values.c: how RFM scores are asked for: from text, to JSON, and what does not hold together. */
#include "cli/ask/rfm_values.h"

#include "cli/ask/list_values.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <math.h>
#include <string.h>

#define COLUMNS 3 /* recency, frequency, monetary */
static const char *const column_name[COLUMNS] = {"recency", "frequency", "monetary"};
static const char *const cuts_key[COLUMNS] = {"rfm.cuts.recency", "rfm.cuts.frequency", "rfm.cuts.monetary"};

/* ---- Lists that rise ---------------------------------------------------------------- */

static int add_number(void *to, const char *text, tsl_error *err)
{
    cli_rising *list = to;
    double value;
    if (tsl_number_read(text, &value, err) != TSL_OK || !isfinite(value)) {
        return -1;
    }
    if (list->count && value <= list->item[list->count - 1]) {
        return (int)cli_fail(err, TSL_E_OPTION, "the cuts must rise, but %.15g is followed by %.15g",
                             list->item[list->count - 1], value);
    }
    if (list->count == TSL_RFM_BINS_MOST - 1) {
        return (int)cli_fail(err, TSL_E_OPTION, "more than %d cuts are too many: scores go to %d at most",
                             TSL_RFM_BINS_MOST - 1, TSL_RFM_BINS_MOST);
    }
    list->item = cli_grow(list->item, list->count, sizeof *list->item);
    list->item[list->count++] = value;
    return 0;
}

int cli_rising_add(void *target, const char *text, tsl_error *err)
{
    cli_rising list;
    memcpy(&list, target, sizeof list);
    const int bad = cli_parts_add(&list, text, add_number, err);
    memcpy(target, &list, sizeof list);
    return bad;
}

json_t *cli_rising_build_json(const void *target)
{
    cli_rising list;
    memcpy(&list, target, sizeof list);
    return cli_numbers_build_json(list.item, list.count);
}

/* ---- The option ----------------------------------------------------------------------- */

/* "30,90/2,5/100,500": days, orders, money. */
static int read_cuts(cli_rfm *to, const char *text, tsl_error *err)
{
    int bad = 0;
    for (int c = 0; c < COLUMNS; c++) {
        const size_t length = strcspn(text, "/");
        if ((text[length] == '/') != (c + 1 < COLUMNS)) {
            return (int)cli_fail(err, TSL_E_OPTION,
                                 "thresholds are three lists, of recency (days), frequency and value: "
                                 "thresholds:30,90,365/1,3,9/50,200,1000");
        }
        to->cut[c] = (cli_rising){NULL, 0};
        bad = cli_rising_add(&to->cut[c], cli_copy(text, length), err);
        if (bad < 0) {
            return (int)cli_fail(err, TSL_E_OPTION, "\"%s\" is no list of rising numbers", cli_copy(text, length));
        }
        if (bad) {
            return bad;
        }
        text += length + 1;
    }
    return 0;
}

/* "4" or "nested" */
static int add_word(void *options, const char *word, tsl_error *err)
{
    tsl_rfm_options *to = options;
    if (strcmp(word, "nested") == 0) {
        to->nested = 1;
    } else if (strlen(word) == 1 && *word >= '2' && *word <= '0' + TSL_RFM_BINS_MOST) {
        to->bins = *word - '0';
    } else {
        return (int)cli_fail(err, TSL_E_OPTION, "\"%s\" is neither a number of scores, 2 to %d, nor \"nested\"", word,
                             TSL_RFM_BINS_MOST);
    }
    return 0;
}

/* What stands there is all of it: a configuration's bins and nesting are of another method. Thresholds alone are the
 * configuration's. */
int cli_rfm_read(void *target, const char *text, tsl_error *err)
{
    cli_rfm *to = target;
    const size_t length = strcspn(text, ":=");
    int method = 0;
    while (method < TSL_RFM_METHODS &&
           strcmp(tsl_rfm_method_get_name((tsl_rfm_method)method), cli_copy(text, length)) != 0) {
        method++;
    }
    if (method == TSL_RFM_METHODS) {
        return -1;
    }
    TSL_DEFAULTS(rfm, &to->options);
    to->options.method = (tsl_rfm_method)method;
    return !text[length]                  ? 0
           : method == TSL_RFM_THRESHOLDS ? read_cuts(to, text + length + 1, err)
                                          : cli_parts_add(&to->options, text + length + 1, add_word, err);
}

/* ---- What holds together ----------------------------------------------------------------- */

static tsl_status take_cuts(cli_rfm *rfm, int by_option, int bins_given, tsl_error *err)
{
    const size_t first = rfm->cut[0].count;
    for (int c = 0; c < COLUMNS; c++) {
        const cli_rising *of = &rfm->cut[c];
        const char *place = by_option ? "--rfm" : cuts_key[c];
        if (of->count == 0) {
            return cli_fail(err, TSL_E_OPTION,
                            "%s: the method thresholds needs some of recency (days), frequency and value: --rfm "
                            "thresholds:30,90,365/1,3,9/50,200,1000, or rfm.cuts in the configuration",
                            by_option ? place : "rfm");
        }
        if (of->count != first) {
            return cli_fail(err, TSL_E_OPTION,
                            "%s: %zu cut%s of %s, but %zu of %s: as many are expected of each, one fewer than scores",
                            place, of->count, of->count == 1 ? "" : "s", column_name[c], first, column_name[0]);
        }
        memcpy(rfm->options.cut[c], of->item, of->count * sizeof *of->item);
    }
    if (bins_given && !by_option && rfm->options.bins != (int)first + 1) {
        return cli_fail(err, TSL_E_OPTION,
                        "rfm.bins: scores from 1 to %d need %d cuts of each column, but there are %zu",
                        rfm->options.bins, rfm->options.bins - 1, first);
    }
    rfm->options.bins = (int)first + 1;
    return TSL_OK;
}

tsl_status cli_rfm_check(cli_rfm *rfm, int by_option, int bins_given, tsl_error *err)
{
    tsl_status status = TSL_OK;
    CLI_TRY(rfm->options.method == TSL_RFM_THRESHOLDS ? take_cuts(rfm, by_option, bins_given, err) : TSL_OK);
    CLI_TRY(tsl_rfm_check(&rfm->options, err));
done:
    return status;
}
