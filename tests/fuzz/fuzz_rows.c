/* fuzz_rows.c: two bytes of options, then any bytes as one of the small tables that labels and models go by:
 * strategies, a map of RFM segments, histories that are counted already, who was treated. */
#include "fuzz/fuzz_table.h"

#include <tesela/label.h>
#include <tesela/run.h>

#include "run/worth/history_rows.h"

#include <math.h>

enum { STRATEGIES, MAP, HISTORIES, ARMS, KINDS };
enum { KIND, HOW, HEAD };

/* Fits are slow beside reading. */
enum { ROWS_FITTED = 12 };

static void must_tell(tsl_status status, const tsl_error *err)
{
    FUZZ_MUST((status == TSL_OK) == (err->message[0] == '\0'));
    FUZZ_MUST(status != TSL_E_NOMEM && status != TSL_E_IO);
}

static int is_there(const char *text)
{
    return text && *text;
}

static void take_strategies(const tsl_source *source)
{
    tsl_strategies *s = NULL;
    tsl_error err = {TSL_OK, ""};
    const tsl_status status = tsl_strategies_read(source, &s, &err);
    must_tell(status, &err);
    FUZZ_MUST((status == TSL_OK) == (s != NULL));
    for (size_t i = 0; s && i < s->count; i++) {
        const tsl_strategy *row = &s->of[i];
        FUZZ_MUST(is_there(row->segment) && is_there(row->tier) && is_there(row->lifecycle) && is_there(row->action));
        FUZZ_MUST(is_there(row->texts[0]) && is_there(row->texts[1]) && strncmp(row->where, "f.csv:", 6) == 0);
    }
    tsl_strategies_free(s);
}

/* Each cell belongs to one segment, and is foretold as it stands there. */
static void take_map(const tsl_source *source, int bins)
{
    static tsl_rfm_map map;
    tsl_error err = {TSL_OK, ""};
    const tsl_status status = tsl_rfm_map_read(source, bins, &map, &err);
    must_tell(status, &err);
    if (status != TSL_OK) {
        return;
    }
    FUZZ_MUST(map.bins == bins && map.count >= 1 && map.count <= TSL_RFM_SEGMENTS);
    for (size_t i = 0; i < map.count; i++) {
        FUZZ_MUST(is_there(map.segment[i].code) && strlen(map.segment[i].code) < TSL_RFM_CODE_BYTES);
        FUZZ_MUST(strlen(map.segment[i].name[0]) < TSL_RFM_NAME_BYTES);
        FUZZ_MUST(strlen(map.segment[i].name[1]) < TSL_RFM_NAME_BYTES);
    }
    for (int c = 0; c < bins * bins * bins; c++) {
        const uint8_t r = (uint8_t)(c / bins / bins + 1), f = (uint8_t)(c / bins % bins + 1),
                      m = (uint8_t)(c % bins + 1);
        int32_t at = -2;
        tsl_rfm_map_predict(&map, &r, &f, &m, 1, &at);
        FUZZ_MUST(at >= 0 && (size_t)at < map.count);
    }
}

/* Whatever histories are valid, models of them never fail, and foretell what can be. */
static void take_models(const tsl_source *source, int how)
{
    tsl_valuation_options opt;
    tsl_valuation *v = NULL;
    tsl_error err = {TSL_OK, ""};
    tsl_exec exec;
    TSL_DEFAULTS(exec, &exec);
    exec.threads = 1;
    TSL_DEFAULTS(valuation, &opt);
    opt.models =
        how % (TSL_MODELS_ONE + TSL_BG_BB); /* which one's rows count opportunities is asked for by ALL alone */
    const tsl_status status = tsl_valuation_build_rows(source, &opt, &exec, &v, &err);
    must_tell(status, &err);
    FUZZ_MUST(status == TSL_OK && v);
    for (size_t i = 0; v && i < v->customers; i++) {
        const double *const *of = (const double *const *)v->figure;
        FUZZ_MUST(!of[TSL_VALUATION_ALIVE] || !(of[TSL_VALUATION_ALIVE][i] < 0 || of[TSL_VALUATION_ALIVE][i] > 1));
        FUZZ_MUST(!of[TSL_VALUATION_NO_PURCHASE] ||
                  !(of[TSL_VALUATION_NO_PURCHASE][i] < 0 || of[TSL_VALUATION_NO_PURCHASE][i] > 1));
        FUZZ_MUST(!of[TSL_VALUATION_PURCHASES] || !(of[TSL_VALUATION_PURCHASES][i] < 0));
    }
    tsl_valuation_free(v);
}

static void take_histories(const tsl_source *source, int how)
{
    tsl__history_rows rows;
    tsl_data_options opt;
    tsl_error err = {TSL_OK, ""};
    TSL_DEFAULTS(data, &opt);
    const tsl_status status =
        tsl__history_rows_read(source, &opt, how & 2 ? 7 : 1, how & 1, (how & 4) != 0, &rows, &err);
    must_tell(status, &err);
    for (size_t i = 0; status == TSL_OK && i < rows.count; i++) {
        const double x = rows.cell[TSL__CELL_X][i], t_x = rows.cell[TSL__CELL_TX][i], t = rows.cell[TSL__CELL_T][i];
        FUZZ_MUST(x >= 0 && x == floor(x) && t_x >= 0 && t_x <= t && (x > 0 || t_x == 0));
        FUZZ_MUST(!rows.cell[TSL__CELL_WEIGHT] || rows.cell[TSL__CELL_WEIGHT][i] > 0);
        FUZZ_MUST(!rows.id || rows.id[i]);
    }
    FUZZ_MUST(status != TSL_OK || rows.count > 0);
    const int is_fitted = status == TSL_OK && rows.count <= ROWS_FITTED && how % 8 == 0;
    tsl__history_rows_free(&rows);
    if (is_fitted) {
        take_models(source, how / 8);
    }
}

/* Each arm's counts are those of the customers in it; the other half of the bytes is the control. */
static void take_arms(const char *bytes, size_t count, int how)
{
    static char *id[] = {"1", "02", "=x", "'=y", "王芳"};
    static const char *const column[] = {NULL, NULL, "treated", "#2"};
    const tsl_roster roster = {.customers = sizeof id / sizeof *id, .id = id};
    const char *cut = memchr(bytes, 0, count);
    const size_t length = cut ? (size_t)(cut - bytes) : count;
    const tsl_source treated = {.path = "f.csv", .bytes = bytes, .count = length};
    const tsl_source control = {.path = "f.csv", .bytes = bytes + length + 1, .count = cut ? count - length - 1 : 0};
    tsl_arms_options opt;
    tsl_arms *arms = NULL;
    tsl_error err = {TSL_OK, ""};
    tsl_exec exec;
    TSL_DEFAULTS(exec, &exec);
    exec.threads = 1;
    TSL_DEFAULTS(arms, &opt);
    opt.column = column[how % 4];
    opt.treated = opt.column && how & 4 ? "yes" : NULL;
    const tsl_status status = tsl_arms_read(&roster, &treated, cut ? &control : NULL, &opt, &exec, &arms, &err);
    must_tell(status, &err);
    FUZZ_MUST((status == TSL_OK) == (arms != NULL));
    for (int a = 0; arms && a < TSL_ARMS; a++) {
        uint64_t in = 0;
        for (size_t i = 0; i < roster.customers; i++) {
            FUZZ_MUST(arms->of[i] >= -1 && arms->of[i] < TSL_ARMS);
            in += arms->of[i] == a;
        }
        FUZZ_MUST(arms->unknown[a] <= arms->given[a] && in <= arms->given[a] - arms->unknown[a]);
        FUZZ_MUST(arms->both <= arms->given[a]);
    }
    tsl_arms_free(arms);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (size < HEAD) {
        return 0;
    }
    const tsl_source source = {.path = "f.csv", .bytes = data + HEAD, .count = size - HEAD};
    switch (data[KIND] % KINDS) {
    case STRATEGIES:
        take_strategies(&source);
        break;
    case MAP:
        take_map(&source, 2 + data[HOW] % (TSL_RFM_BINS_MOST - 1));
        break;
    case HISTORIES:
        take_histories(&source, data[HOW]);
        break;
    default:
        take_arms((const char *)data + HEAD, size - HEAD, data[HOW]);
    }
    return 0;
}
