/* audit_wording.c: what the audit of a sensitive column says, in words. */
#include "output/wording/audit_wording.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct audit_words {
    const char *under, *from, *between, *other, *all, *no, *yes;
    const char *verdict[4]; /* of an effect: unknown, none, weak, strong */
    const char *segments, *tiers, *comma;
    const char *cell; /* segment or tier, column, level, times, low, high */
    const char *by_it, *not_by_it;
} audit_words;

enum { UNKNOWN, NONE, WEAK, STRONG };

static const audit_words languages[TSL_LANGS] = {
    {"under %s",
     "%s and over",
     "%s to under %s",
     "all others",
     "all",
     "no",
     "yes",
     {"cannot be compared with %s", "do not go with %s", "go with %s a little", "go with %s"},
     "the segments",
     "the tiers",
     "; ",
     ": “%s” holds %s times as large a part of %s as of the others (%s to %s)",
     "; the clusters were found by it",
     "; the clusters were not found by it, and something that they were found by tells it"},
    {"%s 以下",
     "%s 及以上",
     "%s 至 %s 以下",
     "其他",
     "全部",
     "否",
     "是",
     {"无法与%s比较", "与%s无关", "与%s略有关联", "与%s有关联"},
     "客群",
     "等级",
     "；",
     "：“%s”中%s的占比是其余客户的 %s 倍（%s 至 %s）",
     "；聚类使用了该字段",
     "；聚类未使用该字段，但所用的其他特征间接反映了它"},
};

static int find_verdict(double effect)
{
    return isnan(effect) ? UNKNOWN : effect >= TSL__AUDIT_STRONG ? STRONG : effect >= TSL__AUDIT_WEAK ? WEAK : NONE;
}

const char *tsl__audit_get_verdict(double effect)
{
    static const char *const names[] = {"unknown", "none", "weak", "strong"};
    return names[find_verdict(effect)];
}

/* A pattern's places for %s, filled in their order. */
static void put_pattern(tsl__text *text, const char *pattern, const char *const *part)
{
    char piece[160];
    for (const char *at = pattern; *at;) {
        const char *place = strstr(at, "%s");
        const size_t n = place ? (size_t)(place - at) : strlen(at);
        tsl__print(piece, sizeof piece, "%.*s", (int)n, at);
        tsl__text_join(text, piece);
        if (place) {
            tsl__text_join(text, *part++);
        }
        at += place ? n + 2 : n;
    }
}

static const char *show(double value, char room[32])
{
    tsl__shown_write(value, 2, room);
    return room;
}

void tsl__audit_put_level(const tsl_audit_column *column, size_t level, int lang, tsl__text *text)
{
    const audit_words *words = &languages[lang];
    const size_t last = column->level_count - 1;
    char low[32], high[32];
    if (column->level) {
        tsl__text_puts(text, column->level[level] ? column->level[level] : words->other);
        return;
    }
    if (last == 0 || (last == 1 && column->cut[0] == 1)) { /* all alike; 0 or 1 */
        tsl__text_puts(text, last == 0 ? words->all : level ? words->yes : words->no);
        return;
    }
    const char *const upper = level < last ? show(column->cut[level], high) : NULL;
    const char *const lower = level > 0 ? show(column->cut[level - 1], low) : upper;
    put_pattern(text,
                level == 0      ? words->under
                : level == last ? words->from
                                : words->between,
                (const char *const[]){lower, upper});
}

/* One of segments and tiers; 1: they go together. */
static int put_part(const tsl_labels *labels, const tsl_audit_column *column, const char *name, int tiers, int lang,
                    tsl__text *text)
{
    const tsl_audit_part *part = tiers ? &column->tiers : &column->segments;
    const audit_words *words = &languages[lang];
    const int verdict = find_verdict(part->effect);
    char number[32];
    tsl__text_join(text, tiers ? words->tiers : words->segments);
    tsl__text_puts(text, lang == 0 ? " " : "");
    put_pattern(text, words->verdict[verdict], &name);
    if (verdict == UNKNOWN) {
        return 0;
    }
    tsl__text_printf(text, lang == 0 ? " (Cramér's V %s)" : "（Cramér's V %s）", show(part->effect, number));
    if (verdict == NONE || part->group == part->groups) {
        return 0;
    }
    const tsl_audit_cell *cell = &part->cell[part->group * column->level_count + part->level];
    const char *group = tiers ? labels->tier[part->group].names[lang] : labels->segments[part->group].names[lang];
    char ratio[32], low[32], high[32];
    tsl__text level = {0};
    tsl__text_printf(&level, "%s ", name);
    tsl__audit_put_level(column, part->level, lang, &level);
    const char *const said[] = {group,
                                lang == 0    ? show(cell->ratio, ratio)
                                : level.data ? level.data
                                             : "",
                                lang == 0 ? level.data ? level.data : "" : show(cell->ratio, ratio),
                                show(cell->low, low), show(cell->high, high)};
    put_pattern(text, words->cell, said);
    text->failed |= level.failed;
    tsl__text_free(&level);
    return 1;
}

void tsl__audit_put_sentence(const tsl_labels *labels, const tsl_audit_column *column, int lang, tsl__text *text)
{
    const audit_words *words = &languages[lang];
    char *name;
    if (tsl_feature_get_label(column->name, tsl_lang_get_code(lang), &name, NULL) != TSL_OK) {
        text->failed = 1;
        return;
    }
    const int goes = put_part(labels, column, name, 0, lang, text);
    if (column->tiers.groups) {
        tsl__text_puts(text, words->comma);
        (void)put_part(labels, column, name, 1, lang, text);
    }
    tsl__text_puts(text, column->clustered ? words->by_it : goes ? words->not_by_it : "");
    tsl_text_free(name);
}
