/* show_customer.c: one customer on one screen, drawn from his JSON alone. */
#include "cli/show/show_customer.h"

#include "cli/show/print.h"
#include "cli/show/show_summary.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

/* The customer, and in which language he is told of. */
typedef struct telling {
    const json_t *of;
    const char *lang;
    int zh;
} telling;

static const char *get_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* In the language; else the code that stands beside it. */
static const char *get_name(const telling *t, const json_t *object, const char *names, const char *code)
{
    const char *name = get_text(json_object_get(object, names), t->lang);
    return *name ? name : get_text(object, code);
}

static double get_number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

static const char *write_number(double value)
{
    char number[CLI_NUMBER_BYTES];
    cli_number_write(value, value == floor(value) && fabs(value) < 1e9 ? 0 : 2, number);
    return cli_format("%s", *number ? number : "–");
}

static const char *write_share(double share)
{
    char text[CLI_NUMBER_BYTES];
    cli_share_write(share, text);
    return cli_format("%s", *text ? text : "–");
}

/* "Segment     ...": the first line of a topic. */
static void print_topic(const telling *t, const char *en, const char *text)
{
    const char *head = cli_translate(en, t->lang);
    const int pad = 12 - (int)cli_text_get_width(head);
    cli_print("%s%*s%s\n", head, pad > 0 ? pad : 1, "", text);
}

static void print_more(const char *text)
{
    cli_print("%*s%s\n", 12, "", text);
}

/* ---- Why he is there --------------------------------------------------------------------- */

static const char *say_segment(const telling *t, const json_t *segment)
{
    const long long number = json_integer_value(json_object_get(segment, "segment"));
    const char *code = get_text(segment, "code"), *name = get_name(t, segment, "names", "code");
    return t->zh ? cli_format("%lld %s（%s）", number, name, code) : cli_format("%lld %s, %s", number, code, name);
}

static void show_runner_up(const telling *t, const json_t *segment)
{
    const json_t *next = json_object_get(t->of, "runner_up");
    const double times = get_number(next, "times_as_far"), sure = get_number(segment, "confidence");
    if (!json_is_object(next)) {
        return;
    }
    if (!json_is_true(json_object_get(segment, "held"))) {
        print_more(isnan(times) ? cli_format(t->zh ? "其次：%s" : "next: %s", say_segment(t, next))
                                : cli_format(t->zh ? "其次：%s，距离为本客群的 %.2f 倍（置信度 %.2f）"
                                                   : "next: %s, %.2f times as far (confidence %.2f)",
                                             say_segment(t, next), times, sure));
    } else {
        print_more(cli_format(t->zh ? "惯性保留在原客群；距离最近的是 %s"
                                    : "holds the segment that he was in; the nearest is %s",
                              say_segment(t, next)));
    }
}

/* The cuts on his way through the tree, each with what he has. */
static void show_way(const telling *t, const json_t *explanation, const char *name)
{
    const json_t *tree = json_object_get(explanation, "tree"), *to = json_object_get(tree, "to");
    const json_t *way = json_object_get(tree, "way");
    if (!tree) {
        return;
    }
    const char *there = get_text(json_object_get(to, "names"), t->lang);
    if (strcmp(there, name) == 0) {
        print_more(t->zh ? "规则（成立）：" : "rule (it holds):");
    } else {
        print_more(
            cli_format(t->zh ? "规则不成立，按规则应属于“%s”：" : "the rules would put him into \"%s\":", there));
    }
    for (size_t i = 0; i < json_array_size(way); i++) {
        const json_t *step = json_array_get(way, i);
        const double value = get_number(step, "value");
        print_more(cli_format(t->zh ? "  %s（实际 %s）" : "  %s (here %s)",
                              get_text(json_object_get(step, "words"), t->lang), write_number(value)));
    }
}

static void show_moves(const telling *t, const json_t *explanation)
{
    static const struct {
        const char *key, *by[TSL_LANGS];
    } moves[] = {{"by_tree", {"by the rules", "按规则"}}, {"by_distance", {"by distance", "按距离"}}};
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        const json_t *move = json_object_get(explanation, moves[i].key);
        if (json_is_object(json_object_get(move, "to"))) {
            print_more(cli_format(t->zh ? "%s：%s" : "%s: %s", moves[i].by[t->zh],
                                  get_text(json_object_get(move, "words"), t->lang)));
        }
    }
}

static void show_segment(const telling *t)
{
    const json_t *segment = json_object_get(t->of, "segment"), *explanation = json_object_get(t->of, "explanation");
    print_topic(t, "Segment", say_segment(t, segment));
    show_runner_up(t, segment);
    show_way(t, explanation, get_name(t, segment, "names", "code"));
    show_moves(t, explanation);
}

/* ---- Tier, stage, value ----------------------------------------------------------------------- */

/* Whether the cut of a tier lets in only what is over it. */
static int is_above(const json_t *step)
{
    return json_is_true(json_object_get(step, "above"));
}

/* "from 70.10", "over 8": where a tier begins. */
static const char *say_cut(const telling *t, const json_t *step)
{
    static const char *const form[2][TSL_LANGS] = {{"from %s", "自 %s"}, {"over %s", "高于 %s"}};
    return cli_format(form[is_above(step)][t->zh], write_number(get_number(step, "cut")));
}

/* How far it is from what he has to the cut, of both as they are shown, so that the figures add up; of two that look
 * alike as it is. */
static const char *write_distance(const telling *t, const json_t *step)
{
    const double value = get_number(json_object_get(t->of, "tier"), "value"), cut = get_number(step, "cut");
    const double shown = fabs(round(value * 100) - round(cut * 100)) / 100, exact = fabs(get_number(step, "distance"));
    return shown > 0 || exact == 0 ? write_number(shown) : cli_format("%.2g", exact);
}

/* "14.08 more for Silver (from 70.10)": what is missing; to what is to be over its cut, more than that. */
static const char *say_up(const telling *t, const json_t *up)
{
    static const char *const form[3][TSL_LANGS] = {{"%s more for %s (%s)", "再多 %s 即升为%s（%s）"},
                                                   {"over %s more for %s (%s)", "再多 %s 以上即升为%s（%s）"},
                                                   {"anything%.0s more for %s (%s)", "再多%.0s一点即升为%s（%s）"}};
    const double missing = get_number(up, "distance");
    return cli_format(form[missing > 0 ? is_above(up) : 2][t->zh], write_distance(t, up),
                      get_name(t, up, "names", "tier"), say_cut(t, up));
}

/* "13.61 over where it begins (from 42.41)"; or under that, of one who keeps it for now. */
static const char *say_over(const telling *t, const json_t *down)
{
    static const char *const form[4][TSL_LANGS] = {
        {"kept for now, %s under where it begins (%s)", "按降级规则暂时保留，比本级起点低 %s（%s）"},
        {"kept for now, just%.0s where it begins (%s)", "按降级规则暂时保留，恰在分界%.0s（%s）"},
        {"just%.0s where it begins (%s)", "恰在本级起点%.0s（%s）"},
        {"%s over where it begins (%s)", "比本级起点高 %s（%s）"}};
    const double over = get_number(down, "distance");
    const int how = over < 0 ? 0 : over > 0 ? 3 : is_above(down) ? 1 : 2;
    return cli_format(form[how][t->zh], write_distance(t, down), say_cut(t, down));
}

/* "under 450 in 2 evaluations one after the other (in 1 so far)": when it falls. */
static const char *say_fall(const telling *t, const json_t *down)
{
    static const char *const form[2][TSL_LANGS] = {{"under %s", "低于 %s"}, {"at %s or under", "不高于 %s"}};
    const json_t *hold = json_object_get(down, "hold");
    const int held = json_is_object(hold), grace = (int)json_integer_value(json_object_get(hold, "grace"));
    const double below = get_number(hold, "below");
    const char *limit =
        cli_format(form[is_above(down)][t->zh], write_number(get_number(held ? hold : down, held ? "limit" : "cut")));
    const char *often =
        grace < 2 ? "" : cli_format(t->zh ? "连续 %d 次评估" : " in %d evaluations one after the other", grace);
    const char *so_far = below > 0 ? cli_format(t->zh ? "（已有 %.0f 次）" : " (in %.0f so far)", below) : "";
    return t->zh ? cli_format("%s%s%s %s", often, so_far, limit, held ? "才" : "即")
                 : cli_format("%s%s%s", limit, often, so_far);
}

static void show_tier(const telling *t)
{
    const json_t *tier = json_object_get(t->of, "tier"), *up = json_object_get(tier, "up");
    const json_t *down = json_object_get(tier, "down");
    if (!tier) {
        return;
    }
    print_topic(t, "Tier", get_name(t, tier, "names", "tier"));
    if (json_is_object(up)) {
        print_more(say_up(t, up));
    }
    if (json_is_object(down)) {
        print_more(cli_format(t->zh ? "%s；%s降为%s" : "%s; %s it falls to %s", say_over(t, down), say_fall(t, down),
                              get_name(t, down, "names", "tier")));
    }
}

/* Points have two decimals, as they stand in the file. */
static const char *write_points(double points)
{
    char number[CLI_NUMBER_BYTES];
    cli_number_write(points, 2, number);
    return cli_format("%s", *number ? number : "–");
}

static void show_score(const telling *t)
{
    const json_t *score = json_object_get(t->of, "score");
    const double points = get_number(score, "score");
    if (score) {
        print_topic(t, "Score",
                    isnan(points) ? cli_translate("unknown", t->lang)
                                  : cli_format(t->zh ? "%s（满分 100）" : "%s of 100", write_points(points)));
    }
}

static void show_stage(const telling *t)
{
    const json_t *stage = json_object_get(t->of, "lifecycle");
    const char *reason = get_name(t, t->of, "reasons", "reason");
    if (stage) {
        print_topic(t, "Lifecycle", get_name(t, stage, "names", "stage"));
    }
    if (*reason) {
        print_topic(t, "Reason", reason);
    }
}

/* What is expected, a chance or a sum. */
static const char *write_forecast(const telling *t, double value, int chance)
{
    char text[CLI_NUMBER_BYTES];
    if (chance) {
        cli_chance_write(value, t->zh, text);
    } else if (value == floor(value)) {
        return write_number(value);
    } else {
        cli_expected_write(value, 2, t->zh, text);
    }
    return cli_format("%s", *text ? text : "–");
}

/* "（八成把握在 1 到 6 次之间）"; of both ends alike it is that. */
static const char *say_interval(const telling *t, double low, double high, const char *unit)
{
    const char *at = write_forecast(t, low, 0), *to = write_forecast(t, high, 0);
    return isnan(low)    ? ""
           : low == high ? cli_format(t->zh ? "（八成把握为 %s%s）" : " (80 %% sure: %s%s)", at, unit)
           : t->zh       ? cli_format("（八成把握在 %s 到 %s%s之间）", at, to, *unit ? unit : " ")
                         : cli_format(" (80 %% sure: %s to %s)", at, to);
}

/* What is expected, and between what and what it will lie. */
static void show_expected(const telling *t, const json_t *one)
{
    static const struct {
        const char *name, *words[TSL_LANGS], *unit[TSL_LANGS];
        int chance;
    } told[] = {
        {"clv_365d", {"value expected in 365 days", "未来 365 天预期价值"}, {"", ""}, 0},
        {"expected_purchases_365d", {"purchases expected in 365 days", "预计 365 天购买"}, {"", " 次"}, 0},
        {"spend_365d", {"spend expected in 365 days", "预计 365 天消费"}, {"", ""}, 0},
        {"p_alive", {"probability of still being a customer", "仍为活跃客户的概率"}, {"", ""}, 1},
        {"p_no_purchase_90d", {"probability of no purchase in 90 days", "未来 90 天不购买的概率"}, {"", ""}, 1},
    };
    const char *name = get_text(one, "name");
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        if (strcmp(name, told[i].name) == 0) {
            const char *unit = told[i].unit[t->zh];
            print_more(cli_format("%s %s%s%s", told[i].words[t->zh],
                                  write_forecast(t, get_number(one, "value"), told[i].chance), unit,
                                  say_interval(t, get_number(one, "low"), get_number(one, "high"), unit)));
        }
    }
}

static void show_value(const telling *t)
{
    const json_t *value = json_object_get(t->of, "value"), *expected = json_object_get(value, "expected");
    if (!isnan(get_number(value, "value"))) {
        print_topic(t, "Value",
                    cli_format(t->zh ? "%s（%s，高于 %s 的客户）" : "%s (%s; more than %s of the customers)",
                               write_number(get_number(value, "value")), get_name(t, value, "label", "name"),
                               write_share(get_number(value, "percentile"))));
    }
    for (size_t i = 0; i < json_array_size(expected); i++) {
        show_expected(t, json_array_get(expected, i));
    }
}

/* ---- Columns of segments.csv --------------------------------------------------------------------- */

/* What a column is called. */
static const char *get_head(const telling *t, const char *column)
{
    static const char unmet[] = "_unmet", score[] = "score_";
    static const struct {
        const char *column, *word;
    } heads[] = {{"segment_code", "Segment"},
                 {"tier", "Tier"},
                 {"lifecycle", "Lifecycle"},
                 {"segment_from", "Segment before"},
                 {"segment_since", "In this segment since"},
                 {"reason_code", "Kind of reason"},
                 {"clv", "Expected value, 365 days"},
                 {"lifecycle_from", "Stage before"},
                 {"lifecycle_since", "In this stage since"},
                 {"value", "Value"},
                 {"r_score", "R score"},
                 {"f_score", "F score"},
                 {"m_score", "M score"},
                 {"churn_risk", "Churn risk"},
                 {"value_at_risk", "Value at risk"},
                 {"rfm_segment", "RFM segment"},
                 {"tier_below", "Evaluations under the tier"},
                 {"score", "Score"},
                 {"action", "Strategy"}};
    const size_t length = strlen(column), end = sizeof unmet - 1;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (strcmp(column, heads[i].column) == 0) {
            return cli_translate(heads[i].word, t->lang);
        }
    }
    if (length > end && strcmp(column + length - end, unmet) == 0) {
        const char *set = cli_translate(cli_copy(column, length - end), t->lang);
        return cli_format(t->zh ? "%s未满足的条件" : "%s, not met", set);
    }
    if (strncmp(column, score, sizeof score - 1) == 0) {
        return cli_format(t->zh ? "%s 得分" : "Score, %s", cli_translate(column + sizeof score - 1, t->lang));
    }
    return cli_translate(column, t->lang);
}

/* A name, an amount, a share, or the cell as it stands. */
static const char *say_cell(const telling *t, const char *column, const json_t *of, const char *names, const char *key)
{
    const char *name = get_name(t, of, names, key);
    const int is_share = strcmp(column, "churn_risk") == 0;
    double number;
    tsl_error unread;
    return !*name                                              ? "–"
           : tsl_number_read(name, &number, &unread) != TSL_OK ? name
           : is_share                                          ? write_share(number)
                                                               : write_number(number);
}

static void show_strategy(const telling *t)
{
    const json_t *strategy = json_object_get(t->of, "strategy");
    const char *text = get_name(t, strategy, "texts", "text"), *action = get_text(strategy, "action");
    if (strategy) {
        print_topic(t, "Strategy",
                    !*text  ? action
                    : t->zh ? cli_format("%s（%s）", text, action)
                            : cli_format("%s (%s)", text, action));
    }
}

static void show_others(const telling *t)
{
    const json_t *others = json_object_get(t->of, "others");
    for (size_t i = 0; i < json_array_size(others); i++) {
        const json_t *other = json_array_get(others, i);
        const char *column = get_text(other, "column");
        const char *line =
            cli_format(t->zh ? "%s：%s" : "%s: %s", get_head(t, column), say_cell(t, column, other, "names", "value"));
        if (i == 0) {
            print_topic(t, "Also", line);
        } else {
            print_more(line);
        }
    }
}

/* ---- What has changed, and figures ------------------------------------------------------------------- */

static void show_changes(const telling *t)
{
    const json_t *previous = json_object_get(t->of, "previous"), *changes = json_object_get(previous, "changes");
    if (!previous) {
        return;
    }
    const char *day = get_text(previous, "as_of");
    const char *run = *day ? cli_format(t->zh ? "%s，截至 %s" : "%s, as of %s", get_text(previous, "run"), day)
                           : get_text(previous, "run");
    const int is_new = json_is_true(json_object_get(previous, "is_new"));
    print_topic(t, "Since",
                cli_format(is_new ? (t->zh ? "%s：当时还没有这位客户" : "%s: he was not there")
                           : json_array_size(changes) == 0 ? (t->zh ? "%s：没有变化" : "%s: nothing has changed")
                                                           : "%s",
                           run));
    for (size_t i = 0; i < json_array_size(changes); i++) {
        const json_t *change = json_array_get(changes, i);
        const char *column = get_text(change, "column");
        print_more(cli_format(t->zh ? "%s：%s → %s" : "%s: %s → %s", get_head(t, column),
                              say_cell(t, column, change, "names_then", "then"),
                              say_cell(t, column, change, "names_now", "now")));
    }
}

static void add_score_row(cli_text_table *grid, const char *name, const char *value, const json_t *of)
{
    const int is_known = get_number(of, "counted") > 0;
    cli_text_table_add(grid, name);
    cli_text_table_add(grid, value);
    cli_text_table_add(grid, is_known ? write_share(get_number(of, "counted")) : "–");
    cli_text_table_add(grid, write_points(get_number(of, "score")));
    cli_text_table_add(grid, is_known ? write_points(get_number(of, "points")) : "–");
}

/* Where the weight is of a part, or of one of its features, that is not known of him. */
static void show_spread(const telling *t, const json_t *part)
{
    const json_t *features = json_object_get(part, "features");
    const char *name = cli_translate(get_text(part, "part"), t->lang);
    if (!(get_number(part, "counted") > 0)) {
        cli_print(t->zh ? "  “%s”未知，其权重 %s 由其他部分分担。\n"
                        : "  %s is not known: its weight, %s, is with the other parts.\n",
                  name, write_share(get_number(part, "weight")));
        return;
    }
    for (size_t i = 0; i < json_array_size(features); i++) {
        const json_t *feature = json_array_get(features, i);
        if (!(get_number(feature, "counted") > 0)) {
            cli_print(t->zh ? "  “%s”未知，其在“%s”中的权重 %s 由该部分的其他指标分担。\n"
                            : "  %s is not known: its weight, of %s %s, is with the other features of that part.\n",
                      get_name(t, feature, "label", "name"), name, write_share(get_number(feature, "weight")));
        }
    }
}

/* What each part, and each feature of it, counted for him and adds to the score. */
static void show_score_parts(const telling *t)
{
    static const char *const heads[TSL_LANGS][5] = {{"Score", "Value", "Weight", "Points", "Adds"},
                                                    {"得分构成", "数值", "权重", "得分", "贡献"}};
    const json_t *score = json_object_get(t->of, "score"), *parts = json_object_get(score, "parts");
    cli_text_table grid = {.columns = 5, .align = "wrrrr"};
    if (isnan(get_number(score, "score"))) {
        return;
    }
    for (size_t c = 0; c < grid.columns; c++) {
        cli_text_table_add(&grid, heads[t->zh][c]);
    }
    for (size_t p = 0; p < json_array_size(parts); p++) {
        const json_t *part = json_array_get(parts, p), *features = json_object_get(part, "features");
        add_score_row(&grid, cli_translate(get_text(part, "part"), t->lang), "", part);
        for (size_t i = 0; i < json_array_size(features); i++) {
            const json_t *feature = json_array_get(features, i);
            add_score_row(&grid, cli_format("  %s", get_name(t, feature, "label", "name")),
                          write_number(get_number(feature, "value")), feature);
        }
    }
    cli_print("\n");
    cli_text_table_print(&grid);
    for (size_t p = 0; p < json_array_size(parts); p++) {
        show_spread(t, json_array_get(parts, p));
    }
}

static void show_figures(const telling *t)
{
    static const char *const heads[] = {"Figure", "Unit", "Raw value", "Percentile"};
    const json_t *figures = json_object_get(t->of, "figures"), *history = json_object_get(t->of, "history");
    cli_text_table grid = {.columns = sizeof heads / sizeof *heads, .align = "wlrr"};
    if (history) {
        print_topic(t, "Purchases",
                    cli_format(t->zh ? "首次 %s，最近 %s" : "first %s, last %s", get_text(history, "first_purchase"),
                               get_text(history, "last_purchase")));
    }
    cli_print("\n");
    for (size_t c = 0; c < grid.columns; c++) {
        cli_text_table_add(&grid, cli_translate(heads[c], t->lang));
    }
    for (size_t i = 0; i < json_array_size(figures); i++) {
        const json_t *figure = json_array_get(figures, i);
        cli_text_table_add(&grid, get_name(t, figure, "label", "name"));
        cli_text_table_add(&grid, cli_translate(get_text(figure, "unit"), t->lang));
        cli_text_table_add(&grid, write_number(get_number(figure, "value")));
        cli_text_table_add(&grid, write_share(get_number(figure, "percentile")));
    }
    cli_text_table_print(&grid);
}

tsl_status cli_show_customer(const char *json, const char *lang, tsl_error *err)
{
    json_error_t why;
    json_t *of = json_loads(json, 0, &why);
    const telling t = {of, lang, strcmp(lang, "zh") == 0};
    if (!of) {
        return cli_fail(err, TSL_E_INTERNAL, "the customer is no JSON: %s", why.text);
    }
    const char *day = get_text(of, "as_of");
    cli_print(t.zh ? "客户 %s%s%s\n\n" : "Customer %s%s%s\n\n", get_text(of, "customer"),
              *day ? (t.zh ? "，截至 " : ", as of ") : "", day);
    show_segment(&t);
    show_tier(&t);
    show_score(&t);
    show_stage(&t);
    show_value(&t);
    show_strategy(&t);
    show_others(&t);
    show_changes(&t);
    show_figures(&t);
    show_score_parts(&t);
    json_decref(of);
    return TSL_OK;
}
