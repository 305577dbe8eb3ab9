# What psych says of the same answers where a formula is closed: Rscript closed.R > closed.json
suppressMessages({library(psych); library(jsonlite)})

wide <- read.csv("scs.csv")
short <- read.csv("scs-sf.csv")
later <- read.csv("scs-sf-later.csv")

turned <- list(
  scs = c(1, 2, 4, 6, 8, 11, 13, 16, 18, 20, 21, 24, 25),
  scs_sf = c(1, 4, 8, 9, 11, 12)
)
poles <- list(
  self_kindness = c(5, 12, 19, 23, 26), self_judgment = c(1, 8, 11, 16, 21),
  common_humanity = c(3, 7, 10, 15), isolation = c(4, 13, 18, 25),
  mindfulness = c(9, 14, 17, 22), over_identification = c(2, 6, 20, 24)
)

items <- function(data, prefix, turn) {
  x <- data[startsWith(names(data), paste0(prefix, "_"))]
  x <- x[complete.cases(x), ]
  for (at in turn) x[[paste0(prefix, "_", at)]] <- 6 - x[[paste0(prefix, "_", at)]]
  x
}

of_scale <- function(x) {
  a <- suppressWarnings(psych::alpha(x, check.keys = FALSE))
  ci <- psych::alpha.ci(a$total$raw_alpha, n.obs = nrow(x), n.var = ncol(x))
  list(
    n = nrow(x), alpha = a$total$raw_alpha, low = ci$lower.ci, high = ci$upper.ci,
    items = names(x), r = a$item.stats$raw.r, r_rest = a$item.stats$r.drop,
    alpha_without = a$alpha.drop$raw_alpha, sd = a$item.stats$sd
  )
}

scs <- items(wide, "scs", turned$scs)
sf <- items(short, "scs_sf", turned$scs_sf)
raw <- items(wide, "scs", integer(0))
subscales <- sapply(poles, function(at) rowMeans(raw[paste0("scs_", at)]))
kind <- c("self_kindness", "common_humanity", "mindfulness")
hard <- c("self_judgment", "isolation", "over_identification")
total <- (rowSums(subscales[, kind]) + rowSums(6 - subscales[, hard])) / 6

# Merging brings the people of both occasions together.
one <- merge(
  data.frame(person = short$person[complete.cases(short)], score = rowMeans(sf)),
  data.frame(person = later$person, score = rowMeans(items(later, "scs_sf", turned$scs_sf))),
  by = "person", suffixes = c("_1", "_2")
)
both <- data.frame(first = one$score_1, second = one$score_2)
icc <- psych::ICC(both, lmer = FALSE)$results
shares <- function(x) list(floor = mean(x == 1), ceiling = mean(x == 5))

out <- list(
  made_by = list(R = R.version.string, psych = as.character(packageVersion("psych"))),
  scs = c(
    list(total = of_scale(scs)),
    lapply(poles, function(at) of_scale(raw[paste0("scs_", at)]))
  ),
  scs_sf = list(total = of_scale(sf)),
  scores = list(
    mean = as.list(c(colMeans(subscales), total = mean(total))),
    sd = as.list(c(apply(subscales, 2, sd), total = sd(total))),
    ends = c(apply(subscales, 2, shares, simplify = FALSE), list(total = shares(total)))
  ),
  retest = list(
    n = nrow(both), sem = sd(both$first) * sqrt(1 - icc["Single_random_raters", "ICC"]),
    agreement = icc["Single_random_raters", c("ICC", "lower bound", "upper bound")],
    consistency = icc["Single_fixed_raters", c("ICC", "lower bound", "upper bound")]
  )
)
cat(toJSON(out, auto_unbox = TRUE, digits = NA, pretty = TRUE), "\n", sep = "")
