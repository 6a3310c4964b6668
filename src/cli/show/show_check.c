/* show_check.c: tables as they stand, and what is amiss, on standard output. */
#include "cli/show/show_check.h"

#include "cli/show/print.h"
#include "cli/show/show_summary.h"
#include "cli/system/arena.h"

#include <math.h>
#include <string.h>

#define DAY_SECONDS 86400
#define FEW_VALUES 3

static int holds_times(const tsl_column_profile *c)
{
    return c->type == TSL_TYPE_TIME || c->type == TSL_TYPE_DATE || c->type == TSL_TYPE_BIRTH;
}

/* A number, or the day of a time. */
static const char *write_value(const tsl_column_profile *c, double value, int known)
{
    char out[CLI_NUMBER_BYTES] = "";
    if (!known || isnan(value)) {
        return "";
    }
    if (holds_times(c)) {
        char day[11];
        tsl_day_write((int32_t)floor(value / DAY_SECONDS), day);
        return cli_format("%s", day);
    }
    if (fabs(value) < 1e6 && value == floor(value)) {
        cli_number_write(value, 0, out);
    } else {
        cli_short_write(value, out);
    }
    return cli_format("%s", out);
}

/* A bar a bin, of eighths. */
static const char *draw_bins(const tsl_column_profile *c)
{
    static const char *const bars[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const char *text = "";
    uint64_t most = 1;
    for (size_t i = 0; i < c->bin_count; i++) {
        most = c->bin[i] > most ? c->bin[i] : most;
    }
    for (size_t i = 0; i < c->bin_count && c->bin_count > 1; i++) {
        const size_t height = c->bin[i] ? 1 + (size_t)(7 * (double)c->bin[i] / (double)most) : 0;
        text = cli_format("%s%s", text, bars[height]);
    }
    return text;
}

static const char *list_frequent(const tsl_column_profile *c, int values)
{
    const char *text = "";
    if ((c->personal && !values) || c->distinct == c->rows) {
        return ""; /* of ids none is more frequent than another */
    }
    for (size_t i = 0; i < c->frequent_count && i < FEW_VALUES; i++) {
        char count[CLI_NUMBER_BYTES];
        cli_count_write(c->frequent[i].rows, count);
        text = cli_format("%s%s%s (%s)", text, i ? ", " : "", c->frequent[i].text, count);
    }
    return text;
}

void cli_show_columns(const tsl_table_profile *p, int values, int input, const char *lang)
{
    static const struct {
        const char *words[2];
        int of_input;
    } heads[] = {{{"Column", "列"}, 0},
                 {{"Role", "角色"}, 1},
                 {{"Type", "类型"}, 0},
                 {{"Missing", "缺失"}, 0},
                 {{"Distinct", "不同值"}, 0},
                 {{"Least", "最小"}, 0},
                 {{"Median", "中位数"}, 0},
                 {{"Greatest", "最大"}, 0},
                 {{"Sum", "合计"}, 1},
                 {{"Distribution", "分布"}, 0},
                 {{"Frequent values", "常见值"}, 0}};
    cli_text_table grid = {.columns = input ? 11 : 9, .align = input ? "lllrrrrrrlw" : "llrrrrrlw"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (input || !heads[i].of_input) {
            cli_text_table_add(&grid, heads[i].words[strcmp(lang, "zh") == 0]);
        }
    }
    for (size_t i = 0; i < p->column_count; i++) {
        const tsl_column_profile *c = &p->column[i];
        const int known = c->has_range && (values || !c->personal);
        char count[CLI_NUMBER_BYTES];
        cli_count_write(c->distinct, count);
        cli_text_table_add(&grid, c->name);
        if (input) {
            cli_text_table_add(&grid, c->role == TSL_ROLE_NONE ? "" : cli_word_note(tsl_role_get_name(c->role), lang));
        }
        const int is_empty = !input && c->missing == c->rows; /* of no type that a reader could see */
        cli_text_table_add(&grid, is_empty ? "–" : cli_translate(tsl_column_type_get_name(c->type), lang));
        cli_text_table_count(&grid, c->missing);
        cli_text_table_add(&grid, cli_format("%s%s", c->exact ? "" : "≥ ", count));
        cli_text_table_add(&grid, write_value(c, c->low, known));
        cli_text_table_add(&grid, write_value(c, c->quantile[3], known && c->exact));
        cli_text_table_add(&grid, write_value(c, c->high, known));
        if (input) {
            cli_text_table_add(&grid, write_value(c, c->sum, known && !holds_times(c)));
        }
        cli_text_table_add(&grid, known ? draw_bins(c) : "");
        cli_text_table_add(&grid, list_frequent(c, values));
    }
    cli_text_table_print(&grid);
}

/* "error: orphans in the transactions (12): " */
static const char *head_finding(const char *table, const tsl_table_finding *f, const char *lang)
{
    static const char *const severities[] = {
        [TSL_SEVERITY_INFO] = "提示", [TSL_SEVERITY_WARNING] = "警告", [TSL_SEVERITY_ERROR] = "错误"};
    const tsl_severity severity = tsl_finding_kind_get_severity(f->kind);
    const char *kind = tsl_finding_kind_get_name(f->kind), *of = "";
    char count[CLI_NUMBER_BYTES];
    cli_count_write(f->count, count);
    if (strcmp(lang, "zh") == 0) {
        of = table ? cli_format("，%s表", cli_translate(table, lang)) : "";
        return cli_format("%s：%s%s%s%s%s：", severities[severity], kind, of, f->count ? "（" : "",
                          f->count ? count : "", f->count ? "）" : "");
    }
    of = table ? cli_format(" in the %s", table) : "";
    return cli_format("%s: %s%s%s%s%s: ", tsl_severity_get_name(severity), kind, of, f->count ? " (" : "",
                      f->count ? count : "", f->count ? ")" : "");
}

static void show_finding(const char *table, const tsl_table_finding *f, int values, const char *lang)
{
    const int zh = strcmp(lang, "zh") == 0;
    const char *where = "";
    for (size_t i = 0; i < f->example_count; i++) {
        if (f->example[i].line) {
            where = cli_format("%s%s%s:%llu", where, *where ? (zh ? "、" : ", ") : "",
                               f->example[i].file ? f->example[i].file
                               : zh               ? "行"
                                                  : "line",
                               (unsigned long long)f->example[i].line);
        }
    }
    cli_print("  %s%s%s%s\n", head_finding(table, f, lang),
              cli_word_note(f->hidden && !values ? f->hidden : f->message, lang), *where ? (zh ? "；" : "; ") : "",
              where);
}

static void show_findings(const tsl_data_quality *q, tsl_severity severity)
{
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        for (size_t i = 0; q->profile[kind] && i < q->profile[kind]->finding_count; i++) {
            const tsl_table_finding *f = &q->profile[kind]->finding[i];
            if (tsl_finding_kind_get_severity(f->kind) == severity) {
                show_finding(tsl_table_kind_get_name((tsl_table_kind)kind), f, q->values, q->lang);
            }
        }
    }
}

static void show_table(const tsl_table_profile *p, int values, const char *lang)
{
    char read[CLI_NUMBER_BYTES], used[CLI_NUMBER_BYTES], rejected[CLI_NUMBER_BYTES];
    cli_count_write(p->read, read);
    cli_count_write(p->used, used);
    cli_count_write(p->rejected, rejected);
    const int zh = strcmp(lang, "zh") == 0;
    const char *rows = zh ? cli_format("%s 行", read) : cli_count_name(p->read, "row");
    if (p->refused) {
        cli_print(zh ? "%s：读取 %s；该表被拒绝\n" : "%s: %s read; the table is refused\n",
                  cli_translate(tsl_table_kind_get_name(p->kind), lang), rows);
    } else {
        cli_print(zh ? "%s：读取 %s，使用 %s 行，拒绝 %s 行\n" : "%s: %s read, %s used, %s rejected\n",
                  cli_translate(tsl_table_kind_get_name(p->kind), lang), rows, used, rejected);
    }
    for (size_t i = 0; i < p->understood.count; i++) {
        cli_print("  %s\n", cli_word_note(p->understood.text[i], lang));
    }
    cli_print("\n");
    cli_show_columns(p, values, 1, lang);
    cli_print("\n");
}

void cli_show_check(const tsl_data_quality *q)
{
    const int zh = strcmp(q->lang, "zh") == 0;
    size_t findings = q->refusal_count;
    int refuses = q->refusal_count || q->unreadable_count;
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        if (q->profile[kind]) {
            show_table(q->profile[kind], q->values, q->lang);
            findings += q->profile[kind]->finding_count;
            refuses |= q->profile[kind]->refused;
        }
    }
    if (q->as_of != TSL_NO_DAY) {
        char day[11];
        tsl_day_write(q->as_of, day);
        cli_print(zh ? "截止日：%s（数据之后的第一天）\n\n" : "as of %s, the first day after the data\n\n", day);
    }
    if (findings + q->unreadable_count) {
        cli_print(zh ? "发现：\n" : "Findings:\n");
    }
    show_findings(q, TSL_SEVERITY_ERROR);
    for (size_t i = 0; i < q->refusal_count; i++) {
        show_finding(NULL, &(tsl_table_finding){.kind = TSL_FINDING_REFUSED, .message = q->refusal[i]}, 1, q->lang);
    }
    show_findings(q, TSL_SEVERITY_WARNING);
    show_findings(q, TSL_SEVERITY_INFO);
    for (size_t i = 0; i < q->unreadable_count; i++) {
        cli_print(zh ? "  无法读取：%s\n" : "  cannot be read: %s\n", cli_word_note(q->unreadable[i], q->lang));
    }
    cli_print("%s\n", refuses ? zh ? "tesela run 会拒绝这些表。" : "tesela run would refuse these tables."
                      : zh    ? "tesela run 接受这些表。"
                              : "tesela run takes these tables.");
}
