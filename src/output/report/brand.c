/* brand.c: whose page it is: name, colour and logo, looked at before they go into a page. A logo is shown as a picture,
 * in which no browser runs a script; one that holds any, or loads something, is refused all the same, as pages are
 * taken apart. */
#include "output/report/brand.h"

#include "base/base64.h"
#include "base/error.h"

#include <string.h>

#define LOGO_MOST 262144
#define NAME_MOST 80 /* characters */

static const unsigned char png_signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

/* What does something in an SVG, or loads it: in any case of letters. */
static const char *const svg_active[] = {
    "<script",          "<foreignobject", "<iframe",   "<embed",   "<object",   "<!entity",
    "<?xml-stylesheet", "javascript:",    "@import",   "url(http", "url('http", "url(\"http",
    "href=\"http",      "href='http",     "href=\"//", "href='//"};

static int is_png(const tsl_brand *brand)
{
    return brand->logo_bytes > sizeof png_signature && memcmp(brand->logo, png_signature, sizeof png_signature) == 0;
}

/* Where the word, in lower case, begins among the bytes, or NULL. */
static const char *find_word(const char *bytes, size_t count, const char *word)
{
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= count; i++) {
        size_t same = 0;
        while (same < length && tsl__lower(bytes[i + same]) == word[same]) {
            same++;
        }
        if (same == length) {
            return bytes + i;
        }
    }
    return NULL;
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* An attribute such as onload=, which handles an event. */
static const char *find_handler(const char *bytes, size_t count)
{
    const char *end = bytes + count, *at = bytes;
    while ((at = find_word(at, (size_t)(end - at), "on"))) {
        const char *name = at + strlen("on"), *after = name;
        while (after < end && tsl__is_letter(*after)) {
            after++;
        }
        const int named = after > name;
        while (after < end && is_blank(*after)) {
            after++;
        }
        if (named && at > bytes && (is_blank(at[-1]) || strchr("/\"'", at[-1])) && after < end && *after == '=') {
            return at;
        }
        at++;
    }
    return NULL;
}

static tsl_status check_svg(const tsl_brand *brand, tsl_error *err)
{
    for (size_t i = 0; i < sizeof svg_active / sizeof svg_active[0]; i++) {
        if (find_word(brand->logo, brand->logo_bytes, svg_active[i])) {
            return tsl__error_set(err, TSL_E_INPUT,
                                  "logo: the SVG holds \"%s\", expected a picture without scripts "
                                  "that loads nothing",
                                  svg_active[i]);
        }
    }
    const char *handler = find_handler(brand->logo, brand->logo_bytes);
    if (handler) {
        int shown =
            (int)(brand->logo + brand->logo_bytes - handler < 12 ? brand->logo + brand->logo_bytes - handler : 12);
        return tsl__error_set(err, TSL_E_INPUT,
                              "logo: the SVG handles an event (\"%.*s\"), expected a picture without "
                              "scripts",
                              shown, handler);
    }
    return TSL_OK;
}

static tsl_status check_logo(const tsl_brand *brand, tsl_error *err)
{
    if (brand->logo_bytes > LOGO_MOST) {
        return tsl__error_set(err, TSL_E_INPUT, "logo: %zu bytes, expected %d at most", brand->logo_bytes, LOGO_MOST);
    }
    if (is_png(brand)) {
        return TSL_OK;
    }
    if (!find_word(brand->logo, brand->logo_bytes, "<svg") || memchr(brand->logo, '\0', brand->logo_bytes)) {
        return tsl__error_set(err, TSL_E_INPUT, "logo: neither a PNG nor an SVG");
    }
    return check_svg(brand, err);
}

static int is_colour(const char *text)
{
    return text[0] == '#' && strlen(text) == 7 && strspn(text + 1, "0123456789abcdefABCDEF") == 6;
}

tsl_status tsl_brand_check(const tsl_brand *brand, tsl_error *err)
{
    tsl__error_reset(err);
    size_t length = brand->name ? tsl__text_width(brand->name) : 1;
    if (length < 1 || length > NAME_MOST) {
        return tsl__error_set(err, TSL_E_OPTION, "name: %zu characters, expected 1 to %d", length, NAME_MOST);
    }
    if (brand->colour && !is_colour(brand->colour)) {
        return tsl__error_set(err, TSL_E_OPTION, "colour: \"%s\" is none, expected one such as #1d4e96", brand->colour);
    }
    return brand->logo ? check_logo(brand, err) : TSL_OK;
}

void tsl__brand_json_add(tsl__json *doc, json_t *object, const tsl_brand *brand)
{
    tsl__text uri = {0};
    tsl__json_set(doc, object, "name", tsl__json_text(brand->name));
    tsl__json_set(doc, object, "colour", tsl__json_text(brand->colour));
    if (brand->logo) {
        tsl__text_puts(&uri, is_png(brand) ? "data:image/png;base64," : "data:image/svg+xml;base64,");
        tsl__base64_put(&uri, (const unsigned char *)brand->logo, brand->logo_bytes);
        doc->failed |= uri.failed;
    }
    tsl__json_set(doc, object, "logo", tsl__json_text(uri.data));
    tsl__text_free(&uri);
}
