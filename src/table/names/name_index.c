/* name_index.c: the names in two dictionaries, as they are and as they are compared. */
#include "table/names/name_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/dict.h"
#include "expr/expr.h"

enum { EXACT, FOLDED, FORMS };

struct tsl__name_index {
    tsl__dict *dict[FORMS];
    size_t *first[FORMS]; /* one a code: the first column called so */
    size_t count, longest;
    char *folded; /* scratch: longest + 1 */
};

/* As names are compared; 0 where there is room for it, which has the longest name's bytes. */
static int fold(const tsl__name_index *x, const char *name)
{
    size_t n = 0;
    char c;
    while ((c = tsl__name_next(&name)) && n < x->longest) {
        x->folded[n++] = c;
    }
    x->folded[n] = '\0';
    return c != '\0';
}

static int add(tsl__name_index *x, int form, const char *text, size_t column)
{
    size_t before = tsl__dict_get_count(x->dict[form]);
    int32_t code = tsl__dict_add(x->dict[form], text, strlen(text));
    if (code >= 0 && (size_t)code == before) {
        x->first[form][code] = column;
    }
    return code < 0;
}

static int fill(tsl__name_index *x, const char *const *names)
{
    for (int form = 0; form < FORMS; form++) {
        x->dict[form] = tsl__dict_open();
        x->first[form] = tsl__alloc(x->count, sizeof *x->first[form]);
        if (!x->dict[form] || !x->first[form]) {
            return -1;
        }
    }
    for (size_t i = 0; i < x->count; i++) {
        if (fold(x, names[i]) || add(x, EXACT, names[i], i) || add(x, FOLDED, x->folded, i)) {
            return -1;
        }
    }
    return 0;
}

tsl__name_index *tsl__name_index_open(const char *const *names, size_t count)
{
    tsl__name_index *x = tsl__alloc_zero(1, sizeof *x);
    if (!x) {
        return NULL;
    }
    x->count = count;
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(names[i]);
        x->longest = length > x->longest ? length : x->longest;
    }
    if (!(x->folded = tsl__alloc(x->longest + 1, 1)) || fill(x, names)) {
        tsl__name_index_free(x);
        x = NULL;
    }
    return x;
}

void tsl__name_index_free(tsl__name_index *x)
{
    if (!x) {
        return;
    }
    for (int form = 0; form < FORMS; form++) {
        tsl__dict_free(x->dict[form]);
        free(x->first[form]);
    }
    free(x->folded);
    free(x);
}

size_t tsl__name_index_get(tsl__name_index *x, const char *name)
{
    const int32_t exact = tsl__dict_get(x->dict[EXACT], name, strlen(name));
    if (exact >= 0) {
        return x->first[EXACT][exact];
    }
    const int32_t code = fold(x, name) ? -1 : tsl__dict_get(x->dict[FOLDED], x->folded, strlen(x->folded));
    return code >= 0 ? x->first[FOLDED][code] : x->count;
}
