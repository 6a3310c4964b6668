/* progress.c: one line on standard error that is drawn again and again. */
#include "cli/show/progress.h"

#include "cli/show/print.h"
#include "cli/system/clock.h"

#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define LINE_BYTES 512
#define FRACTION_LEAST 0.02 /* before this much is done, the time left is a guess */

static struct {
    int drawn;        /* whether lines are drawn at all */
    int zh;           /* in Chinese */
    atomic_int shown; /* whether one stands there now */
    char stage[32];
    double begun; /* of the stage */
} line;

/* What the library calls a stage; a file that is written has its own name. */
static const char *name_stage(const char *stage)
{
    static const struct {
        const char *en, *zh;
    } stages[] = {{"customers", "读取客户"},   {"transactions", "读取交易"}, {"interactions", "读取互动"},
                  {"data", "读取数据"},        {"columns", "查看各列"},      {"features", "计算特征"},
                  {"history", "回看各月"},     {"cluster", "聚类"},          {"tree", "生成决策树"},
                  {"assign", "分配客群"},      {"labels", "打标签"},         {"evidence", "评估分群"},
                  {"stability", "检验稳定性"}, {"strength", "检验预测强度"}, {"natural", "检验自然分群"},
                  {"gap", "计算间隙统计量"},   {"quality", "计算质量指标"},  {"descriptors", "查找区分列"},
                  {"methods", "比较分群方式"}, {"next", "核对后续表现"},     {"write", "写出结果"}};
    for (size_t i = 0; line.zh && i < sizeof stages / sizeof *stages; i++) {
        if (strcmp(stages[i].en, stage) == 0) {
            return stages[i].zh;
        }
    }
    return stage;
}

static size_t get_width(void)
{
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1U : 79U;
}

static void draw(const char *text)
{
    char cut[LINE_BYTES];
    snprintf(cut, sizeof cut, "%s", text);
    cli_text_cut(cut, get_width());
    fprintf(stderr, "\r%s\033[K", cut);
    fflush(stderr);
    line.shown = 1;
}

void cli_progress_clear(void)
{
    if (line.shown) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
        line.shown = 0;
    }
}

void cli_progress_stage(const char *name)
{
    snprintf(line.stage, sizeof line.stage, "%s", name);
    line.begun = cli_clock_get();
    if (line.drawn) {
        draw(name_stage(name));
    }
}

static size_t add(char *text, size_t used, const char *part)
{
    int more = snprintf(text + used, LINE_BYTES - used, "  %s", part);
    return more < 0 || used + (size_t)more >= LINE_BYTES ? LINE_BYTES - 1 : used + (size_t)more;
}

static void describe(const tsl_progress_event *event, double seconds, char text[LINE_BYTES])
{
    char part[96], number[CLI_NUMBER_BYTES], other[CLI_NUMBER_BYTES];
    size_t used = (size_t)snprintf(text, LINE_BYTES, "%s", name_stage(line.stage));
    if (event->runs_total > 0 && event->k > 0) {
        snprintf(part, sizeof part, line.zh ? "k %d，第 %d 次，共 %d 次" : "k %d, run %d of %d", event->k,
                 event->runs_done, event->runs_total);
        used = add(text, used, part);
    }
    if (event->runs_total > 0 && isfinite(event->best_inertia)) {
        snprintf(part, sizeof part, line.zh ? "最小组内平方和 %.6g" : "best inertia %.6g", event->best_inertia);
        used = add(text, used, part);
    }
    if (event->rows > 0 && event->runs_total == 0) {
        cli_count_write(event->rows, number);
        cli_count_write(seconds > 0 ? (uint64_t)((double)event->rows / seconds) : 0, other);
        snprintf(part, sizeof part, line.zh ? "%s 行，每秒 %s 行" : "%s rows, %s a second", number, other);
        used = add(text, used, part);
    }
    if (event->bytes > 0 && seconds > 0) {
        snprintf(part, sizeof part, "%.1f MB/s", (double)event->bytes / seconds / 1e6);
        used = add(text, used, part);
    }
    if (event->fraction >= 0) {
        snprintf(part, sizeof part, "%.0f %%", 100 * fmin(event->fraction, 1));
        used = add(text, used, part);
    }
    if (event->fraction >= FRACTION_LEAST && event->fraction < 1) {
        double left = seconds * (1 - event->fraction) / event->fraction;
        snprintf(part, sizeof part, line.zh ? "剩余 %d:%02d" : "%d:%02d left", (int)(left / 60), (int)fmod(left, 60));
        add(text, used, part);
    }
}

static int report(void *user, const tsl_progress_event *event)
{
    (void)user;
    if (line.drawn) {
        char text[LINE_BYTES];
        if (event->stage && strcmp(event->stage, line.stage) != 0) {
            snprintf(line.stage, sizeof line.stage, "%s", event->stage);
            line.begun = cli_clock_get();
        }
        describe(event, cli_clock_get() - line.begun, text);
        draw(text);
    }
    return 0; /* exec->stop asks to stop */
}

void cli_progress_start(cli_progress_mode mode, int quiet, const char *lang, tsl_exec *exec)
{
    line.zh = lang && strcmp(lang, "zh") == 0;
    exec->report = report;
    line.drawn = mode == CLI_PROGRESS_ALWAYS || (mode == CLI_PROGRESS_AUTO && !quiet && isatty(STDERR_FILENO));
}
