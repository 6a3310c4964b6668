/* pattern.h: names that stand for several: * and ?. */
#ifndef TSL_FEATURE_WORDS_PATTERN_H
#define TSL_FEATURE_WORDS_PATTERN_H

/* 1 where the name is the pattern: * stands for any bytes, ? for any character, all else for itself. */
int tsl__pattern_fits(const char *pattern, const char *name);

#endif
