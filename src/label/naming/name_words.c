/* name_words.c: what is said of a segment, put into the words of a name. */
#include "label/naming/naming.h"

#include "base/alloc.h"
#include "feature/words/feature_wording.h"
#include "label/place_words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- Lengths ---------------------------------------------------------------------- */

static int begins_character(char c)
{
    return (c & 0xC0) != 0x80;
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

/* The text's first words and an ellipsis: at most so many characters. */
static void put_beginning(const char *text, size_t most, tsl__text *out)
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

/* The text in at most so many characters. Where another begins with `alike` of its characters, what is cut out lies
 * before the word in which they part. */
static void put_short(const char *text, size_t alike, size_t most, tsl__text *out)
{
    if (tsl__text_width(text) <= most || alike < most / 2) {
        put_beginning(text, most, out);
        return;
    }
    size_t parting = get_bytes(text, alike), from = parting;
    while (from > 0 && (unsigned char)text[from - 1] < 0x80 && text[from - 1] != ' ' && parting - from < most / 2) {
        from--;
    }
    const size_t rest = tsl__text_width(text + from), room = most - most / 2;
    put_beginning(text, rest < room ? most - rest : most / 2, out);
    put_beginning(text + from, room, out);
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
static char *get_column(const tsl__speech *speech, int within)
{
    char *words = tsl__strdup(speech->column);
    if (words && within && is_sentence(words)) {
        words[0] = tsl__lower(words[0]);
    } else if (words && !within && is_small(words[0]) && strcspn(words, CAPITALS) >= strcspn(words, " (")) {
        words[0] = (char)(words[0] - 'a' + 'A'); /* not of "iPhone" */
    }
    return words;
}

static void put_column(const tsl__speech *speech, int within, size_t most, tsl__text *text)
{
    char *words = get_column(speech, within);
    if (words) {
        put_short(words, speech->column_alike, most, text);
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
        tsl__wording_write(speech->words->label[lang], speech->value, text);
    } else {
        put_column(speech, lang == 0, most, text);
    }
}

/* The place that is said: of one that is graded, too, where another's is. */
static int get_rank(const tsl__said *said)
{
    return said->graded && said->speech->ranked[said->high] ? said->place : said->rank;
}

int tsl__said_is_of_average(const tsl__said *said)
{
    const tsl__speech *speech = said->speech;
    return said->graded && !get_rank(said) &&
           ((size_t)speech->extreme[said->high] < said->beyond || speech->ranked[said->high]);
}

/* Whether the last one on that side is beyond others that are said to lie there, too: "highest" beside "high", and
 * beside "second-highest". Two that are tied at the end are high both, beside places. */
static int is_last_of_several(const tsl__speech *speech, int high)
{
    return speech->ranked[high] ? speech->extreme[high] == 1 : speech->between[high] > 0;
}

static void put_amount(const tsl__said *said, int lang, size_t most, tsl__text *text)
{
    static const char *const before[][2] = {
        {"low ", "high "}, {"lowest ", "highest "}, {"below-average ", "above-average "}};
    static const char *const after[][2] = {{"低", "高"}, {"最低", "最高"}, {"偏低", "偏高"}};
    static const char *const medium[TSL_LANGS] = {"medium ", "中等"};
    const tsl__speech *speech = said->speech;
    const int last = !said->graded && is_last_of_several(speech, said->high);
    tsl__text_puts(text, lang           ? ""
                         : said->medium ? medium[0]
                                        : before[last ? 1 : 2 * tsl__said_is_of_average(said)][said->high]);
    put_subject(said->speech, lang, most, text);
    tsl__text_join(text, !lang ? "" : said->medium ? medium[1] : after[last ? 1 : 2 * said->graded][said->high]);
}

/* "second-highest income"; of what there is more and less of. */
static void put_rank(const tsl__said *said, int lang, size_t most, tsl__text *text)
{
    const char *word = tsl__place_get_word(get_rank(said), said->high, lang);
    if (lang) {
        put_subject(said->speech, lang, most, text);
        tsl__text_join(text, word);
    } else {
        tsl__text_printf(text, "%s ", word);
        put_subject(said->speech, lang, most, text);
    }
}

static void put_level(const tsl__speech *speech, int lang, size_t most, tsl__text *text)
{
    static const char *const other[TSL_LANGS] = {"other", "其他"};
    put_short(speech->feature->rest ? other[lang] : speech->feature->level, speech->level_alike, most, text);
}

/* What is or is not: "Marital status: Married", "HomeOwner: no", "City: Bonn/Kiel". */
static void put_state(const tsl__said *said, int lang, size_t most, tsl__text *text)
{
    static const char *const states[2][TSL_LANGS] = {{"no", "否"}, {"yes", "是"}};
    put_column(said->speech, 0, most, text);
    tsl__text_puts(text, lang ? "：" : ": ");
    if (said->speech->feature->form == TSL_FORM_VALUE) {
        put_level(said->speech, lang, most, text);
        for (size_t i = 0; i + 1 < TSL__LEVELS_SAID && said->or_else[i]; i++) {
            tsl__text_puts(text, "/");
            put_level(said->or_else[i], lang, most, text);
        }
    } else {
        tsl__text_puts(text, states[said->high][lang]);
    }
}

/* Where names grade segments by it, they do so in the same words, if these read well. */
static int is_scaled(const tsl__speech *speech)
{
    return tsl__speech_is_gradable(speech) &&
           (speech->ranked[0] || speech->ranked[1] || speech->between[0] || speech->between[1]);
}

void tsl__said_write(const tsl__said *said, int lang, size_t most, tsl__text *text)
{
    const tsl__speech *speech = said->speech;
    if (get_rank(said)) {
        put_rank(said, lang, most, text);
    } else if (speech->words && !is_scaled(speech)) {
        char *value = NULL;
        tsl__text shortened = {0};
        put_beginning(speech->value, most, &shortened);
        value = tsl__text_take(&shortened);
        tsl__wording_write(said->high ? speech->words->high[lang] : speech->words->low[lang], value ? value : "", text);
        text->failed |= !value;
        free(value);
    } else if (tsl__speech_is_state(speech)) {
        put_state(said, lang, most, text);
    } else {
        put_amount(said, lang, most, text);
    }
}

/* ---- The name ---------------------------------------------------------------------------- */

static void put_number(const tsl__naming *of, tsl__text *text)
{
    if (of->digits && !of->untold) {
        tsl__text_printf(text, " %0*u", (int)of->digits, of->number);
    }
}

static char *make_name(const tsl__naming *of, int lang, int plainly, size_t most)
{
    static const char *const nothing[2][TSL_LANGS] = {{"Average overall", "无突出特征"}, {"Average", "无突出特征"}};
    static const char *const beside[TSL_LANGS] = {": average", "：无突出特征"};
    tsl__text text = {0};
    if (of->untold && !of->count) {
        tsl__text_printf(&text, lang ? "客群 %0*u" : "Segment %0*u", (int)of->digits, of->number);
    } else {
        tsl__text_puts(&text, of->base[lang] ? of->base[lang] : of->count ? "" : nothing[plainly][lang]);
    }
    tsl__text_puts(&text, of->plain && !of->count ? beside[lang] : "");
    const tsl__speech *first = NULL;
    for (int states = 0; states < 2; states++) { /* last, so that "Plan: family" does not reach over what follows */
        for (size_t i = 0; i < of->count; i++) {
            const tsl__speech *speech = of->said[i].speech;
            if (tsl__speech_is_state(speech) == states) {
                tsl__text_puts(&text, first ? (lang ? "、" : ", ") : !of->base[lang] ? "" : lang ? "：" : ": ");
                tsl__said_write(&of->said[i], lang, most, &text);
                first = first ? first : speech;
            }
        }
    }
    put_number(of, &text);
    char *name = tsl__text_take(&text);
    if (name && !of->base[lang] && first && !tsl__speech_is_state(first) && is_small(name[0]) && !lang) {
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

int tsl__name_is_whole(const tsl__naming *of)
{
    int whole = 1;
    for (int lang = 0; lang < TSL_LANGS && whole == 1; lang++) {
        char *name = make_name(of, lang, 0, SIZE_MAX);
        whole = !name ? -1 : tsl__text_width(name) <= TSL__NAME_WIDTH;
        free(name);
    }
    return whole;
}
