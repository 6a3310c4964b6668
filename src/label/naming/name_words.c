/* name_words.c: what is said of a segment, put into the words of a name. */
#include "label/naming/naming.h"

#include "base/alloc.h"
#include "feature/words/column_words.h"
#include "feature/words/feature_wording.h"

#include <stdlib.h>
#include <string.h>

/* ---- Lengths ---------------------------------------------------------------------- */

static int begins_character(char c)
{
    return (c & 0xC0) != 0x80;
}

size_t tsl__text_width(const char *text)
{
    size_t width = 0;
    for (; *text; text++) {
        width += (size_t)begins_character(*text);
    }
    return width;
}

/* Bytes of the first `width` characters. */
static size_t get_bytes(const char *text, size_t width)
{
    size_t i = 0;
    for (; text[i]; i++) {
        if (begins_character(text[i]) && width-- == 0) {
            break;
        }
    }
    return i;
}

/* The text, or its first words and an ellipsis: at most so many characters. */
static void put_short(const char *text, size_t most, tsl__text *out)
{
    if (tsl__text_width(text) <= most) {
        tsl__text_puts(out, text);
        return;
    }
    const size_t full = get_bytes(text, most - 1);
    size_t end = full;
    while (end > 0 && text[end] != ' ') {
        end--;
    }
    end = end * 2 > full ? end : full; /* of a language without spaces, or of one long word, as it comes */
    while (end > 0 && text[end - 1] == ' ') {
        end--;
    }
    tsl__text_append(out, text, end);
    tsl__text_puts(out, "…");
}

/* ---- Columns of the user's ---------------------------------------------------------- */

#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

static int is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static int is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* "Income" is "income" within a name; "CLTV", "Annual Income" and "PlanA" stay. */
static int is_sentence(const char *words)
{
    for (const char *c = words; *c && *c != '('; c++) {
        if (c > words && is_capital(*c) && is_small(c[1])) {
            return 0;
        }
    }
    return is_capital(words[0]) && is_small(words[1]);
}

/* The name of its column, to begin with or within a name; owned, NULL for want of memory. */
static char *get_column(const tsl_feature *feature, int within)
{
    tsl__text text = {0};
    tsl__column_words_write(feature->form == TSL_FORM_VALUE ? feature->column : feature->name, &text);
    char *words = tsl__text_take(&text);
    if (words && within && is_sentence(words)) {
        words[0] = tsl__lower(words[0]);
    } else if (words && !within && is_small(words[0]) && strcspn(words, CAPITALS) >= strcspn(words, " (")) {
        words[0] = (char)(words[0] - 'a' + 'A'); /* not of "iPhone" */
    }
    return words;
}

static void put_column(const tsl_feature *feature, int within, size_t most, tsl__text *text)
{
    char *words = get_column(feature, within);
    if (words) {
        put_short(words, most, text);
    } else {
        text->failed = 1;
    }
    free(words);
}

/* ---- Traits --------------------------------------------------------------------------- */

/* What it is that is high or low. */
static void put_subject(const tsl__speech *speech, int lang, size_t most, tsl__text *text)
{
    if (speech->words) {
        tsl__text label = {0};
        tsl__wording_write(speech->words->label[lang], speech->value, &label);
        put_short(label.data ? label.data : "", most, text);
        text->failed |= label.failed;
        tsl__text_free(&label);
    } else {
        put_column(speech->feature, lang == 0, most, text);
    }
}

static void put_amount(const tsl__said *said, int lang, size_t most, tsl__text *text)
{
    static const char *const before[2][2] = {{"low ", "high "}, {"below-average ", "above-average "}};
    static const char *const after[2][2] = {{"低", "高"}, {"偏低", "偏高"}};
    tsl__text_puts(text, lang ? "" : before[said->graded][said->high]);
    put_subject(said->speech, lang, most, text);
    tsl__text_puts(text, lang ? after[said->graded][said->high] : "");
}

/* What is or is not: "Marital status: Married", "HomeOwner: no". */
static void put_state(const tsl__said *said, int lang, size_t most, tsl__text *text)
{
    static const char *const states[2][TSL_LANGS] = {{"no", "否"}, {"yes", "是"}}, *const other[] = {"other", "其他"};
    const tsl_feature *feature = said->speech->feature;
    put_column(feature, 0, most, text);
    tsl__text_puts(text, lang ? "：" : ": ");
    if (feature->form == TSL_FORM_VALUE) {
        put_short(feature->rest ? other[lang] : feature->level, most, text);
    } else {
        tsl__text_puts(text, states[said->high][lang]);
    }
}

static int is_state(const tsl__speech *speech)
{
    return !speech->words && speech->yes_no;
}

void tsl__said_write(const tsl__said *said, int lang, size_t most, tsl__text *text)
{
    const tsl__speech *speech = said->speech;
    if (speech->words && !said->graded) {
        char *value = NULL;
        tsl__text shortened = {0};
        put_short(speech->value, most, &shortened);
        value = tsl__text_take(&shortened);
        tsl__wording_write(said->high ? speech->words->high[lang] : speech->words->low[lang], value ? value : "", text);
        text->failed |= !value;
        free(value);
    } else if (is_state(speech)) {
        put_state(said, lang, most, text);
    } else {
        put_amount(said, lang, most, text);
    }
}

/* ---- The name ---------------------------------------------------------------------------- */

static void put_number(const tsl__naming *of, tsl__text *text)
{
    if (of->digits) {
        tsl__text_printf(text, " %0*u", (int)of->digits, of->number);
    }
}

static char *make_name(const tsl__naming *of, int lang, int plainly, size_t most)
{
    static const char *const nothing[2][TSL_LANGS] = {{"Average overall", "无突出特征"}, {"Average", "无突出特征"}};
    static const char *const beside[TSL_LANGS] = {": average", "：无突出特征"};
    tsl__text text = {0};
    tsl__text_puts(&text, of->base[lang] ? of->base[lang] : of->count ? "" : nothing[plainly][lang]);
    tsl__text_puts(&text, of->plain && !of->count ? beside[lang] : "");
    const tsl__speech *first = NULL;
    for (int states = 0; states < 2; states++) { /* last, so that "Plan: family" does not reach over what follows */
        for (size_t i = 0; i < of->count; i++) {
            const tsl__speech *speech = of->said[i].speech;
            if (is_state(speech) == states) {
                tsl__text_puts(&text, first ? (lang ? "、" : ", ") : !of->base[lang] ? "" : lang ? "：" : ": ");
                tsl__said_write(&of->said[i], lang, most, &text);
                first = first ? first : speech;
            }
        }
    }
    put_number(of, &text);
    char *name = tsl__text_take(&text);
    if (name && !of->base[lang] && first && !is_state(first) && is_small(name[0]) && !lang) {
        name[0] = (char)(name[0] - 'a' + 'A'); /* words of ours */
    }
    return name;
}

char *tsl__name_make(const tsl__naming *of, int lang, int plainly)
{
    static const size_t widths[] = {TSL__NAME_WIDTH, 40, 32, 26, 22, 18, 15, 12};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        char *name = make_name(of, lang, plainly, widths[i]);
        if (!name || tsl__text_width(name) <= TSL__NAME_WIDTH || i + 1 == sizeof widths / sizeof *widths) {
            return name;
        }
        free(name);
    }
    return NULL;
}
