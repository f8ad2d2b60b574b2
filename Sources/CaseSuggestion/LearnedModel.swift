package import CaseModel

/// What a tenant's saved cases have taught: which features of a conversation go with which type.
///
/// A multinomial logistic regression over hashed features, trained by stochastic steps: one over each new case
/// and a bounded number over remembered ones. A value: a copy can learn beside the one that is in use
/// and take its place. Same cases in the same order, same model.
package struct LearnedModel: Sendable {
    /// Bounds of memory and of the work of one save.
    enum Limit {
        /// Weights; 24 MB.
        static let weightCount = 6_000_000
        /// Rows, also when there are few types; 8 MB with their counts and keys.
        static let rowCount = 160_000
        /// Features of remembered cases, of 5 bytes; 15 MB.
        static let rememberedFeatureCount = 3_000_000
        /// Remembered cases; 4 MB besides their features.
        static let rememberedCaseCount = 20_000
        /// Multiplications of one save, about 10 ms.
        static let workPerCase = 8_000_000
        /// Steps of one save, whatever little each costs.
        static let stepsPerCase = 200
        /// Passes over all cases when many are learned at once, and the steps they should not exceed.
        static let passes = 6...24
        static let stepsAtOnce = 60_000
        /// Steps after which it is asked whether to go on, so that a process can end at once.
        static let stepsBetweenLooks = 256
    }

    /// A remembered case: its features as rows and values, and its type.
    struct Example: Sendable {
        var rows: [UInt32]
        /// Damped weights in 32nds.
        var values: [UInt8]
        /// Where each namespace ends in `rows`.
        var ends: [UInt16]
        var slot: Int

        /// Leaves out features by their row.
        mutating func drop(where isDropped: (Int) -> Bool) {
            var kept = Example(rows: [], values: [], ends: [], slot: slot)
            var start = 0
            for end in ends {
                for place in start..<Int(end) where !isDropped(Int(rows[place])) {
                    kept.rows.append(rows[place])
                    kept.values.append(values[place])
                }
                kept.ends.append(UInt16(kept.rows.count))
                start = Int(end)
            }
            self = kept
        }
    }

    /// Where each type stands in a row of weights.
    var slots: [CaseTypeID: Int] = [:]
    /// Saved cases of each slot, and all.
    var caseCounts: [Int] = []
    package internal(set) var caseCount = 0
    var table: FeatureTable
    var weights = WeightTable()
    var bias: [SIMD8<Float>] = []
    /// In how many cases each row occurred, as a logarithm, and each row's summed squared steps.
    var occurrences: [Float] = []
    var steps: [Float] = []
    /// Remembered cases, and one example a type from its own text.
    var examples: [Example] = []
    var documents: [Example] = []
    var rememberedFeatureCount = 0
    /// What became of what was proposed.
    var choices = ChoiceRecord()
    /// The state of the generator that chooses what is remembered again.
    var random: UInt64 = 0x1234_5678_9abc_def0
    var learning = LearningRates.standard

    package init() {
        table = FeatureTable(maximumRowCount: Limit.rowCount)
    }

    /// Blocks of eight types in a row.
    var blockCount: Int { (slots.count + 7) / 8 }

    /// Saved cases of a type.
    package func caseCount(of type: CaseTypeID) -> Int {
        slots[type].map { caseCounts[$0] } ?? 0
    }

    /// Bytes held, without the headers of arrays.
    package var byteCount: Int {
        let remembered = examples.reduce(0) { $0 + $1.rows.count * 5 + 160 }
        return table.byteCount + weights.byteCount + bias.count * 32 + occurrences.count * 8
            + choices.byteCount + remembered + documents.reduce(0) { $0 + $1.rows.count * 5 + 160 }
    }

    /// The logarithm of each type's odds, in the order of the index; nil before the first case.
    func scores(_ features: CaseFeatures, in index: TypeIndex) -> [Float]? {
        guard caseCount > 0 else { return nil }
        let found = values(of: rows(of: features))
        let sums = activations(found)
        return index.types.map { type in
            guard let slot = slots[type.id], slot / 8 < sums.count else { return 0 }
            return sums[slot / 8][slot % 8]
        }
    }
}

/// How fast it learns; ``standard`` was chosen on public sets of conversations.
struct LearningRates: Sendable {
    /// The first step on a row; later ones shrink as their squares add up.
    var rate: Float = 1.5
    /// A step on what every case has in common.
    var biasRate: Float = 0.01
    /// The weight of each namespace of ``CaseFeatures``.
    var spaces: [Float] = [1, 0.5, 0.6, 0.8]

    static let standard = LearningRates()
}
